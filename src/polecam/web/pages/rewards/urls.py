"""Addresses of rewards: what waits, the catalogue, budgets, a year for the books."""

from django.urls import path

from polecam.web.pages.rewards import grants, views, year

app_name = "rewards"
urlpatterns = [
    path("", views.list_, name="list"),
    path("new/", views.new, name="new"),
    path("preset/", views.preset, name="preset"),
    path("budget/", views.budget, name="budget"),
    path("year/<int:year>/", year.year, name="year"),
    path("year/<int:year>/<str:form>", year.file, name="file"),
    path("reward/<str:ref>/", views.reward, name="reward"),
    path("waiting/<str:ref>/", grants.grant, name="grant"),
]
