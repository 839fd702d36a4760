"""Addresses of shares, proposals and extras."""

from django.urls import path

from polecam.web.pages.shares import asking, extras, views

app_name = "shares"
urlpatterns = [
    path("extras/", extras.extras, name="extras"),
    path("extras/<str:ref>/", extras.give, name="give"),
    path("proposal/<str:proposal>/agree/", views.agree, name="agree"),
    path("proposal/<str:proposal>/decline/", views.decline, name="decline"),
    path("proposal/<str:proposal>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:ref>/", views.one, name="one"),
    path("<str:ref>/propose/", views.propose, name="propose"),
    path("<str:ref>/ask/", asking.ask, name="ask"),
]
