"""Addresses of what referrals bring the firm and the seller."""

from django.urls import path

from polecam.web.pages.evidence import parameters, reports, seller

app_name = "evidence"
urlpatterns = [
    path("", reports.page, name="firm"),
    path("report.pdf", reports.pdf, name="pdf"),
    path("mine/", seller.page, name="mine"),
    path("mine/report.pdf", seller.pdf, name="mine_pdf"),
    path("parameters/", parameters.overview, name="parameters"),
    path("parameters/<str:key>/", parameters.one, name="parameter"),
]
