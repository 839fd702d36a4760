"""What the firm gives with its thanks."""

from django.urls import URLPattern

app_name = "rewards"
urlpatterns: list[URLPattern] = []
