"""Messages: templates, what became of them."""

from django.urls import URLPattern

app_name = "mailing"
urlpatterns: list[URLPattern] = []
