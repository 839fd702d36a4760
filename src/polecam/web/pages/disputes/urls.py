"""Addresses of disputes."""

from django.urls import path

from polecam.web.pages.disputes import answers, deciding, patterns, raising, views

app_name = "disputes"
urlpatterns = [
    path("", views.list_, name="list"),
    path("patterns/", patterns.patterns, name="patterns"),
    path("raise/<str:about>/<str:thing>/", raising.raise_, name="raise"),
    path("<str:ref>/", views.one, name="one"),
    path("<str:ref>/say/", answers.say, name="say"),
    path("<str:ref>/accept/", answers.accept, name="accept"),
    path("<str:ref>/appeal/", answers.appeal, name="appeal"),
    path("<str:ref>/withdraw/", answers.withdraw, name="withdraw"),
    path("<str:ref>/decide/", deciding.decide, name="decide"),
]
