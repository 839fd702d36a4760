"""Addresses of hand-offs and absences."""

from django.urls import path

from polecam.web.pages.handoffs import away, offering, views

app_name = "handoffs"
urlpatterns = [
    path("", views.list_, name="list"),
    path("away/", away.away, name="away"),
    path("away/<str:absence>/back/", away.back, name="back"),
    path("skills/", away.skills, name="skills"),
    path("offer/<str:referral>/", offering.offer, name="offer"),
    path("offer/<str:referral>/split/", offering.split, name="split"),
    path("<str:ref>/", views.one, name="one"),
    path("<str:ref>/accept/", views.accept, name="accept"),
    path("<str:ref>/decline/", views.decline, name="decline"),
    path("<str:ref>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:ref>/agree/", views.agree, name="agree"),
]
