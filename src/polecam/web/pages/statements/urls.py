"""Addresses of a seller's statements."""

from django.urls import path

from polecam.web.pages.statements import views

app_name = "statements"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<str:month>/", views.one, name="one"),
    path("<str:month>/pdf/", views.pdf, name="pdf"),
    path("<str:month>/xlsx/", views.xlsx, name="xlsx"),
]
