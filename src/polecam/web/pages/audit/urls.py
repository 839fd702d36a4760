"""Addresses of the auditor's view."""

from django.urls import path

from polecam.web.pages.audit import details, views

app_name = "audit"
urlpatterns = [
    path("", views.balances, name="balances"),
    path("check/", views.check, name="check"),
    path("person/<str:public_id>/<str:kind>/", views.account, name="account"),
    path("branch/<str:branch>/<str:purse>/", views.place, name="place"),
    path("transaction/<str:public_id>/", details.transaction, name="transaction"),
    path("line/<str:public_id>/", details.line, name="line"),
    path("statement/<str:public_id>/", details.statement, name="statement"),
]
