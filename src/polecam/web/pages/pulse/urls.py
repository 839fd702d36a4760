"""Whether clients felt free to refuse, and what a human decided."""

from django.urls import URLPattern

app_name = "pulse"
urlpatterns: list[URLPattern] = []
