"""Addresses of a seller's own money."""

from django.urls import path

from polecam.web.pages.money import asks, months, owed, reading, views

app_name = "money"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("plan/", reading.plan, name="plan"),
    path("what-if/", asks.whatif, name="whatif"),
    path("goal/", asks.goal, name="goal"),
    path("months/", months.months, name="months"),
    path("owed/", owed.owed, name="owed"),
    path("owed/agree/", owed.agree, name="agree"),
    path("owed/withdraw/", owed.withdraw, name="withdraw"),
    path("<str:public_id>/", views.line, name="line"),
]
