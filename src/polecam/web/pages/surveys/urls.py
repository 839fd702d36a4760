"""Satisfaction: a link for one's own client; what the firm hears in sums; a round for many."""

from django.urls import path

from polecam.web.pages.surveys import one, rounds, summary

app_name = "surveys"
urlpatterns = [
    path("", summary.summary, name="summary"),
    path("new/<str:client>/", one.new, name="new"),
    path("link/<str:ref>/", one.show, name="show"),
    path("code/<str:ref>/", one.code, name="code"),
    path("round/", rounds.begin, name="begin"),
    path("round/<str:ref>/", rounds.one, name="round"),
    path("round/<str:ref>/far/", rounds.progress, name="progress"),
    path("round/<str:ref>/stop/", rounds.stop, name="stop"),
]
