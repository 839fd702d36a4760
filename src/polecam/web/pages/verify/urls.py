"""Addresses of receipts and their verification."""

from django.urls import path

from polecam.web.pages.verify import check, views

app_name = "verify"
urlpatterns = [
    path("", check.verify, name="verify"),
    path("mine/", views.mine, name="mine"),
    path("<slug:ref>/", views.receipt, name="receipt"),
    path("<slug:ref>/pdf/", views.pdf, name="pdf"),
    path("<slug:ref>/text/", views.text, name="text"),
    path("<slug:ref>/proof/", views.proof, name="proof"),
]
