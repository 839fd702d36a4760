"""A client's own page: no login, no script."""

from django.urls import URLPattern

app_name = "card"
urlpatterns: list[URLPattern] = []
