"""Addresses of regions, branches and teams, and what each of them set for itself."""

from django.urls import URLPattern

app_name = "tree"
urlpatterns: list[URLPattern] = []
