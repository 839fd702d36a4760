"""Addresses of signing in by the identity provider of the firm."""

from django.urls import path

from polecam.web.pages.sso import views

app_name = "sso"
urlpatterns = [
    path("", views.go, name="go"),
    path("back/", views.back, name="back"),
    path("<str:public_id>/unbind/", views.unbind, name="unbind"),
]
