"""Addresses of signing in by the identity provider of the firm."""

from django.urls import URLPattern

app_name = "sso"
urlpatterns: list[URLPattern] = []
