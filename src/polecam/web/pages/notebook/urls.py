"""Addresses of the private notebook, of repairs, and of what makes friends come."""

from django.urls import path

from polecam.web.pages.notebook import repairs, views

app_name = "notebook"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("coming/", views.coming, name="coming"),
    path("page/<str:page>/", views.page, name="page"),
    path("page/<str:page>/close/", views.close, name="close"),
    path("page/<str:page>/tear-out/", views.tear_out, name="tear_out"),
    path("repair/<str:client>/", repairs.begin, name="repair"),
    path("repaired/<str:repair>/", repairs.finish, name="repaired"),
]
