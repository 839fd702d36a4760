"""Addresses of a seller's own money."""

from django.urls import path

from polecam.web.pages.money import publishing, views

app_name = "money"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("plan/", views.plan, name="plan"),
    path("plan/new/", publishing.publish, name="publish"),
    path("<str:public_id>/", views.line, name="line"),
]
