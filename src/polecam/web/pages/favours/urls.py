"""Addresses of the balance of favours."""

from django.urls import path

from polecam.web.pages.favours import views

app_name = "favours"
urlpatterns = [
    path("", views.list_, name="list"),
    path("<str:ref>/", views.one, name="one"),
]
