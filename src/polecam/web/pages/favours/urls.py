"""Addresses of the balance of favours."""

from django.urls import URLPattern

app_name = "favours"
urlpatterns: list[URLPattern] = []
