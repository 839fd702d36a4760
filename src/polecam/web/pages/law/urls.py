"""Each rule of law: its setting, who changed it, its proof."""

from django.urls import URLPattern

app_name = "law"
urlpatterns: list[URLPattern] = []
