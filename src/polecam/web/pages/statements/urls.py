"""Addresses of a seller's statements."""

from django.urls import URLPattern, path  # noqa: F401

app_name = "statements"
urlpatterns: list[URLPattern] = []
