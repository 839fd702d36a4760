"""Addresses of a seller's own money."""

from django.urls import path

from polecam.web.pages.money import views

app_name = "money"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("plan/", views.plan, name="plan"),
    path("<str:public_id>/", views.line, name="line"),
]
