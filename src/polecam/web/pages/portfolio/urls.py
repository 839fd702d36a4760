"""Addresses of whole portfolios that move."""

from django.urls import path

from polecam.web.pages.portfolio import acts, ends, views

app_name = "portfolio"
urlpatterns = [
    path("", views.list_, name="list"),
    path("new/", acts.new, name="new"),
    path("ended/<str:claim>/", ends.goes_on, name="goes_on"),
    path("<str:bulk>/", views.one, name="one"),
    path("<str:bulk>/progress/", views.progress, name="progress"),
    path("<str:bulk>/divide/", acts.divide, name="divide"),
    path("<str:bulk>/give/<int:item>/", acts.give, name="give"),
    path("<str:bulk>/run/", acts.run, name="run"),
    path("<str:bulk>/undo/", acts.undo, name="undo"),
    path("<str:bulk>/drop/", acts.drop, name="drop"),
]
