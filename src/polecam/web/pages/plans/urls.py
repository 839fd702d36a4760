"""Addresses of writing, trying out and publishing bonus plans."""

from django.urls import path

from polecam.web.pages.plans import (
    acknowledging,
    choosing,
    comparing,
    covering,
    drafting,
    listing,
    publishing,
    shaping,
    starting,
)

app_name = "plans"
urlpatterns = [
    path("", listing.plans, name="list"),
    path("new/", starting.new, name="new"),
    path("covers/<str:plan>/", covering.covers, name="covers"),
    path("covers/<str:plan>/name/", covering.rename, name="rename"),
    path("assignment/<str:assignment>/end/", covering.end, name="end"),
    path("take/<str:referral>/", choosing.take, name="take"),
    path("<str:ref>/", drafting.edit, name="edit"),
    path("<str:ref>/ready/", drafting.ready, name="ready"),
    path("<str:ref>/discard/", drafting.discard, name="discard"),
    path("<str:ref>/add/<str:kind>/", shaping.add, name="add"),
    path("<str:ref>/drop/<int:position>/", shaping.drop, name="drop"),
    path("<str:ref>/up/<int:position>/", shaping.up, name="up"),
    path("<str:ref>/down/<int:position>/", shaping.down, name="down"),
    path("<str:ref>/table/<int:position>/", shaping.table, name="table"),
    path("<str:ref>/row/<int:position>/", shaping.add_row, name="add_row"),
    path("<str:ref>/row/<int:position>/<int:row>/drop/", shaping.drop_row, name="drop_row"),
    path("<str:ref>/undo/<int:position>/", shaping.undo, name="undo"),
    path("<str:ref>/back/<int:position>/", shaping.put_back, name="put_back"),
    path("<str:ref>/compare/<str:other>/", comparing.compare, name="compare"),
    path("<str:ref>/submit/", publishing.submit, name="submit"),
    path("<str:ref>/withdraw/", publishing.withdraw, name="withdraw"),
    path("<str:ref>/approve/", publishing.approve, name="approve"),
    path("<str:ref>/send-back/", publishing.send_back, name="send_back"),
    path("<str:ref>/read/", acknowledging.read, name="read"),
    path("<str:ref>/readers/", acknowledging.readers, name="readers"),
]
