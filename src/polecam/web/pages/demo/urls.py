"""Addresses that only a demo on this machine has."""

from django.urls import path

from polecam.web.pages.demo import views

app_name = "demo"
urlpatterns = [
    path("mailbox/", views.mailbox, name="mailbox"),
    path("mailbox/<str:name>/", views.message, name="message"),
]
