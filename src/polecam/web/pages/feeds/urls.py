"""Addresses of files that other systems leave every night."""

from django.urls import URLPattern

app_name = "feeds"
urlpatterns: list[URLPattern] = []
