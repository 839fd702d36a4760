"""Where other systems of the firm tell of moments."""

from django.urls import URLPattern

app_name = "inlets"
urlpatterns: list[URLPattern] = []
