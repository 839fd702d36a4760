"""Addresses of payroll."""

from django.urls import path

from polecam.web.pages.payroll import views

app_name = "payroll"
urlpatterns = [
    path("", views.month, name="month"),
    path("amounts.<str:form>", views.export, name="export"),
]
