"""Each rule of law: its setting, who changed it, its proof; and balancing tests of campaigns."""

from django.urls import path

from polecam.web.pages.law import balancing, views

app_name = "law"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("tests/", balancing.tests, name="tests"),
    path("tests/new/", balancing.write, name="write"),
    path("tests/<str:ref>/", balancing.test, name="test"),
    path("tests/<str:ref>/revise/", balancing.revise, name="revise"),
    path("<str:rule>/", views.rule, name="rule"),
]
