"""Addresses of trying a plan out on a past or possible period."""

from django.urls import URLPattern, path  # noqa: F401

app_name = "simulation"
urlpatterns: list[URLPattern] = []
