"""Addresses of a seller's own time and effort by source."""

from django.urls import URLPattern, path  # noqa: F401

app_name = "effort"
urlpatterns: list[URLPattern] = []
