"""Addresses of referrals."""

from django.urls import path

from polecam.web.pages.referrals import notice, views, work

app_name = "referrals"
urlpatterns = [
    path("", views.list_, name="list"),
    path("<str:ref>/", views.one, name="one"),
    path("<str:ref>/number/", views.number, name="number"),
    path("<str:ref>/notice/", notice.open_notice, name="notice"),
    path("<str:ref>/stay/", notice.stay, name="stay"),
    path("<str:ref>/contact/", work.contact, name="contact"),
    path("<str:ref>/meeting/", work.meeting, name="meeting"),
    path("<str:ref>/meeting/held/", work.held, name="held"),
    path("<str:ref>/meeting/missed/", work.missed, name="missed"),
    path("<str:ref>/next/", work.step, name="step"),
    path("<str:ref>/won/", work.won, name="won"),
    path("<str:ref>/won/back/", work.take_back, name="take_back"),
    path("<str:ref>/ended/", work.lost, name="lost"),
]
