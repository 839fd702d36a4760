"""Addresses of the boss's desk."""

from django.urls import path

from polecam.web.pages.branch import views

app_name = "branch"
urlpatterns = [
    path("", views.branch, name="branch"),
    path("first/", views.first, name="first"),
]
