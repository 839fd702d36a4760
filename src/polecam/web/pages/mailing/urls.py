"""Addresses of the outbox, of the words of messages, and of the gateway's reports."""

from django.urls import path

from polecam.web.pages.mailing import care, outbox, reports, text

app_name = "mailing"
TEXT = "words/<str:kind>/<str:medium>/<str:language>/"
urlpatterns = [
    path("", outbox.overview, name="outbox"),
    path("again/", care.all_again, name="all_again"),
    path("message/<str:ref>/", outbox.message, name="message"),
    path("message/<str:ref>/again/", care.again, name="again"),
    path("message/<str:ref>/aside/", care.aside, name="aside"),
    path("message/<str:ref>/lift/", care.lift, name="lift"),
    path("words/", text.overview, name="words"),
    path(TEXT, text.text, name="text"),
    path(TEXT + "look/", text.look, name="look"),
    path(TEXT + "try/", text.try_out, name="try"),
    path(TEXT + "house/", text.house, name="house"),
    path("report/<str:token>/", reports.report, name="report"),
]
