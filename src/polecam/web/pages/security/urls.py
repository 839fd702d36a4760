"""Addresses of how people prove who they are, and who signed in."""

from django.urls import URLPattern

app_name = "security"
urlpatterns: list[URLPattern] = []
