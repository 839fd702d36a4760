"""Words for an ask: scripts, own variants, rehearsal."""

from django.urls import URLPattern

app_name = "words"
urlpatterns: list[URLPattern] = []
