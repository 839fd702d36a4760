"""Addresses of what one may take along."""

from django.urls import path

from polecam.web.pages.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.overview, name="exports"),
    path("file/", views.file, name="file"),
]
