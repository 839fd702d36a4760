"""Addresses of the branch pool."""

from django.urls import URLPattern, path  # noqa: F401

app_name = "pool"
urlpatterns: list[URLPattern] = []
