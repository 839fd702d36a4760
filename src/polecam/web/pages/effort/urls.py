"""Addresses of a seller's own time and effort by source."""

from django.urls import path

from polecam.web.pages.effort import views

app_name = "effort"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("card/", views.card, name="card"),
    path("log/", views.log, name="log"),
    path("timer/start/", views.start, name="start"),
    path("timer/stop/", views.stop, name="stop"),
    path("timer/drop/", views.drop, name="drop"),
    path("entry/<str:entry>/take-back/", views.take_back, name="take_back"),
    path("income/", views.income, name="income"),
    path("export/", views.export, name="export"),
    path("forget/", views.forget, name="forget"),
]
