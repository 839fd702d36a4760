"""Addresses of the branch pool."""

from django.urls import path

from polecam.web.pages.pool import coaching, dividing, views

app_name = "pool"
urlpatterns = [
    path("", views.story, name="story"),
    path("divide/", dividing.divide, name="divide"),
    path("coaching/", coaching.confirmed, name="coaching"),
]
