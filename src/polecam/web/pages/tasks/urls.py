"""Addresses of what the house does by itself: tasks, copies, what was put aside."""

from django.urls import path

from polecam.web.pages.tasks import views

app_name = "tasks"
urlpatterns = [
    path("", views.overview, name="tasks"),
    path("put-aside/", views.put_aside, name="put_aside"),
    path("put-aside/<int:letter>/again/", views.again, name="again"),
    path("put-aside/<int:letter>/forget/", views.forget, name="forget"),
    path("put-aside/all-again/", views.all_again, name="all_again"),
]
