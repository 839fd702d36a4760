"""Addresses of shares, proposals and extras."""

from django.urls import URLPattern

app_name = "shares"
urlpatterns: list[URLPattern] = []
