"""Addresses of what the house does by itself: tasks, copies, what was put aside."""

from django.urls import URLPattern

app_name = "tasks"
urlpatterns: list[URLPattern] = []
