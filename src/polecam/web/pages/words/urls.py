"""Addresses of words for an ask: one's own, a plan, results, a rehearsal; the house's words."""

from django.urls import path

from polecam.web.pages.words import home, house, plans, rehearsal, say

app_name = "words"
urlpatterns = [
    path("", home.home, name="home"),
    path("choice/", home.choice, name="choice"),
    path("results/", home.results, name="results"),
    path("memory/", home.memory, name="memory"),
    path("say/<str:client>/", say.say, name="say"),
    path("say/<str:client>/link/", say.link, name="link"),
    path("plan/", plans.mine, name="plan"),
    path("plan/<str:plan>/drop/", plans.drop, name="drop"),
    path("rehearsal/", rehearsal.alone, name="rehearsal"),
    path("rehearsal/<str:client>/", rehearsal.with_client, name="rehearse"),
    path("house/", house.every, name="house"),
    path("house/new/", house.new, name="house_new"),
    path("house/<str:code>/", house.change, name="house_one"),
    path("house/<str:code>/retire/", house.retire, name="house_retire"),
]
