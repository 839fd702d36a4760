"""Addresses of the data protection officer: one person at a time, and the desk around it."""

from django.urls import path

from polecam.web.pages.privacy import deeds, nights, register, requests, views

app_name = "privacy"
urlpatterns = [
    path("", views.people, name="people"),
    path("requests/", requests.overview, name="requests"),
    path("requests/new/", requests.note, name="note"),
    path("requests/<str:ref>/", requests.one, name="request"),
    path("requests/<str:ref>/find/", requests.find, name="find"),
    path("requests/<str:ref>/extend/", requests.extend, name="extend"),
    path("requests/<str:ref>/finish/", requests.finish, name="finish"),
    path("clocks/", nights.clocks, name="clocks"),
    path("retention/", nights.retention, name="retention"),
    path("register/", register.page, name="register"),
    path("register/file.<str:form>", register.file, name="register_file"),
    path("<str:public_id>/", views.person, name="person"),
    path("<str:public_id>/open/", views.open_person, name="open"),
    path("<str:public_id>/export/", views.export, name="export"),
    path("<str:public_id>/erase/", views.erase, name="erase"),
    path("<str:public_id>/object/", deeds.objection, name="object"),
    path("<str:public_id>/correct/", deeds.correct, name="correct"),
]
