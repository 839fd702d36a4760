"""A client's answers to a survey and a pulse: no login, no script."""

from django.urls import URLPattern

app_name = "answers"
urlpatterns: list[URLPattern] = []
