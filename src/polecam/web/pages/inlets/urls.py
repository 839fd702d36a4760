"""Where other systems of the firm tell of moments."""

from django.urls import path

from polecam.web.pages.inlets import hearing, views

app_name = "inlets"
urlpatterns = [
    path("", views.overview, name="list"),
    path("new/", views.new, name="new"),
    path("<str:inlet>/", hearing.hear, name="hear"),
    path("<str:inlet>/close/", views.close, name="close"),
]
