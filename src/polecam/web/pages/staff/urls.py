"""Addresses of people: many at once, their roles, absences, deputies, moves and leaving."""

from django.urls import URLPattern

app_name = "staff"
urlpatterns: list[URLPattern] = []
