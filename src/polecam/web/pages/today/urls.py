"""Addresses of Today: whom to ask, own words, own goal."""

from django.urls import path

from polecam.web.pages.today import moments, own_words, views

app_name = "today"
urlpatterns = [
    path("", views.today, name="today"),
    path("goal/", views.goal, name="goal"),
    path("skip/<str:client>/", views.skip, name="skip"),
    path("find/", moments.find, name="find"),
    path("moment/<str:client>/", moments.moment, name="moment"),
    path("words/", own_words.words, name="words"),
    path("words/<str:script>/retire/", own_words.retire, name="retire"),
]
