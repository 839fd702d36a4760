"""Addresses of records that may be one person."""

from django.urls import URLPattern

app_name = "matches"
urlpatterns: list[URLPattern] = []
