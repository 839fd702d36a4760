"""Addresses of what referrals bring the firm and the seller."""

from django.urls import URLPattern, path  # noqa: F401

app_name = "evidence"
urlpatterns: list[URLPattern] = []
