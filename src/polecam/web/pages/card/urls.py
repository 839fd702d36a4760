"""Addresses of a client's own page: no login, and the address is the key."""

from django.urls import path

from polecam.web.pages.card import about, acts, views

app_name = "card"
urlpatterns = [
    path("closed/", acts.closed, name="closed"),
    path("<str:token>/", views.card, name="card"),
    path("<str:token>/words/", views.own_words, name="words"),
    path("<str:token>/links/", acts.another, name="another"),
    path("<str:token>/links/<str:ref>/paper/", views.printed, name="printed"),
    path("<str:token>/links/<str:ref>/back/", acts.take_back, name="take_back"),
    path("<str:token>/links/<str:ref>/passed/", acts.passed, name="passed"),
    path("<str:token>/agree/", acts.agree, name="agree"),
    path("<str:token>/withdraw/", acts.withdraw, name="withdraw"),
    path("<str:token>/never/", acts.never, name="never"),
    path("<str:token>/again/", acts.again, name="again"),
    path("<str:token>/thanks/", acts.thanks, name="thanks"),
    path("<str:token>/close/", acts.close, name="close"),
    path("<str:token>/me/", about.about, name="about"),
    path("<str:token>/me/copy/", about.copy, name="copy"),
    path("<str:token>/me/ask/", about.ask, name="ask"),
    path("<str:token>/me/object/", about.objection, name="object"),
]
