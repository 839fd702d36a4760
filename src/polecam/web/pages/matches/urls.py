"""Addresses of records that may be one person."""

from django.urls import path

from polecam.web.pages.matches import views

app_name = "matches"
urlpatterns = [
    path("", views.list_, name="list"),
    path("joins/<str:join>/part/", views.part, name="part"),
    path("<str:ref>/", views.pair, name="pair"),
    path("<str:ref>/same/", views.same, name="same"),
    path("<str:ref>/different/", views.different, name="different"),
    path("<str:ref>/again/", views.again, name="again"),
]
