"""Addresses of the private notebook and repairs."""

from django.urls import URLPattern

app_name = "notebook"
urlpatterns: list[URLPattern] = []
