"""Addresses of payroll."""

from django.urls import path

from polecam.web.pages.payroll import columns, desk, engagements, months, owed, views

app_name = "payroll"
urlpatterns = [
    path("", views.month, name="month"),
    path("amounts.<str:form>", views.export, name="export"),
    path("months/", months.months, name="months"),
    path("months/<str:month>/", months.one, name="closing"),
    path("months/<str:month>/compare/", months.compare, name="compare"),
    path("months/<str:month>/publish/", months.publish, name="publish"),
    path("months/<str:month>/ask/", months.ask, name="ask"),
    path("months/<str:month>/not-yet/", months.take_back, name="take_back"),
    path("months/<str:month>/close/", months.close, name="close"),
    path("months/<str:month>/pay/", months.pay, name="pay"),
    path("months/<str:month>/people/", desk.people, name="people"),
    path("months/<str:month>/corrections/", desk.corrections, name="corrections"),
    path("months/<str:month>/payroll.<str:form>", desk.file, name="file"),
    path("columns/", columns.columns, name="columns"),
    path("owed/", owed.owed, name="owed"),
    path("owed/<str:public_id>/", owed.settle, name="settle"),
    path("engagements/", engagements.engagements, name="engagements"),
    path("engagements/<str:public_id>/", engagements.engage, name="engage"),
    path("engagements/<str:public_id>/end/", engagements.disengage, name="disengage"),
]
