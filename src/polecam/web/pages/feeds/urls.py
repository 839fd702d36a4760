"""Addresses of files that other systems leave every night."""

from django.urls import path

from polecam.web.pages.feeds import acts, views

app_name = "feeds"
urlpatterns = [
    path("", views.overview, name="list"),
    path("new/", views.new, name="new"),
    path("<str:feed>/", views.one, name="one"),
    path("<str:feed>/accept/", acts.accept, name="accept"),
    path("<str:feed>/leave/", acts.leave, name="leave"),
    path("<str:feed>/now/", acts.run_now, name="now"),
    path("<str:feed>/pause/", acts.pause, name="pause"),
    path("<str:feed>/resume/", acts.resume, name="resume"),
    path("<str:feed>/close/", acts.close, name="close"),
]
