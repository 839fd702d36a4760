"""Addresses of taking along everything one may see."""

from django.urls import URLPattern

app_name = "exports"
urlpatterns: list[URLPattern] = []
