"""The catalogue of moments and the rules on dates."""

from django.urls import URLPattern

app_name = "moments"
urlpatterns: list[URLPattern] = []
