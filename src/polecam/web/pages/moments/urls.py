"""The catalogue of moments and the rules on dates."""

from django.urls import path

from polecam.web.pages.moments import dates, views

app_name = "moments"
urlpatterns = [
    path("", views.overview, name="list"),
    path("new/", views.new, name="new"),
    path("dates/<str:rule>/", dates.rule, name="date"),
    path("<str:kind>/", views.one, name="one"),
    path("<str:kind>/back/", views.take_back, name="take_back"),
]
