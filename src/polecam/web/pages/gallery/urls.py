"""Addresses of the gallery."""

from django.urls import path

from polecam.web.pages.gallery import views

app_name = "gallery"
urlpatterns = [path("", views.gallery, name="gallery")]
