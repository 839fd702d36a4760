"""Addresses of the first days of a firm: one step after another, to stop and resume anywhere."""

from django.urls import path

from polecam.web.pages.start import founding, overview, steps, ways

app_name = "start"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("firm/", founding.firm, name="firm"),
    path("branch/", founding.branch, name="branch"),
    path("manager/", steps.manager, name="manager"),
    path("manager/me/", steps.lead_it_myself, name="lead_it_myself"),
    path("privacy/", steps.privacy, name="privacy"),
    path("notice/", steps.notice, name="notice"),
    path("plan/", ways.plan, name="plan"),
    path("clients/", ways.clients, name="clients"),
    path("team/", ways.team, name="team"),
    path("protect/", ways.protect, name="protect"),
    path("done/", overview.done, name="done"),
    path("later/<str:step>/", overview.put_off, name="put_off"),
    path("put-away/", overview.put_away, name="put_away"),
    path("<str:ref>/", founding.begin, name="begin"),
]
