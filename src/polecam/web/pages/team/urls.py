"""Addresses of the team."""

from django.urls import path

from polecam.web.pages.team import views

app_name = "team"
urlpatterns = [
    path("", views.team, name="team"),
    path("praise/", views.praise, name="praise"),
    path("praise/<str:public_id>/clap/", views.clap, name="clap"),
    path("praise/<str:public_id>/take-back/", views.take_back, name="take_back"),
    path("good-news/join/", views.join, name="join"),
    path("good-news/leave/", views.leave, name="leave"),
]
