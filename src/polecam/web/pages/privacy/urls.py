"""Addresses of the data protection officer: one person at a time."""

from django.urls import path

from polecam.web.pages.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.people, name="people"),
    path("<str:public_id>/", views.person, name="person"),
    path("<str:public_id>/open/", views.open_person, name="open"),
    path("<str:public_id>/export/", views.export, name="export"),
    path("<str:public_id>/erase/", views.erase, name="erase"),
]
