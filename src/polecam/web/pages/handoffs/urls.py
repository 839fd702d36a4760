"""Addresses of hand-offs and absences."""

from django.urls import URLPattern

app_name = "handoffs"
urlpatterns: list[URLPattern] = []
