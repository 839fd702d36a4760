"""The courage meter: guessed and real, for one pair of eyes."""

from django.urls import URLPattern

app_name = "courage"
urlpatterns: list[URLPattern] = []
