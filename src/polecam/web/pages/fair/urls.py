"""Addresses of the page where everything about fairness begins."""

from django.urls import path

from polecam.web.pages.fair import views

app_name = "fair"
urlpatterns = [
    path("", views.fair, name="fair"),
    path("waiting/", views.waiting, name="waiting"),
]
