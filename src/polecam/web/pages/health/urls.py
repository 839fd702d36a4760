"""Addresses of what a monitor asks."""

from django.urls import path

from polecam.web.pages.health import views

app_name = "health"
urlpatterns = [
    path("live/", views.live, name="live"),
    path("ready/", views.ready, name="ready"),
    path("metrics/", views.metrics, name="metrics"),
]
