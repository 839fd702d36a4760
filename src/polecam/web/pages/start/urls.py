"""Addresses of the first days of a firm: one step after another, to stop and resume anywhere."""

from django.urls import URLPattern

app_name = "start"
urlpatterns: list[URLPattern] = []
