"""Addresses of what waits for someone else's word."""

from django.urls import path

from polecam.web.pages.confirm import complaints, files, views

app_name = "confirm"
urlpatterns = [
    path("", views.list_, name="list"),
    path("sold/", views.sold, name="sold"),
    path("meetings/<str:ref>/", views.meeting, name="meeting"),
    path("sales/<str:ref>/", views.sale, name="sale"),
    path("sales/<str:ref>/void/", views.void, name="void"),
    path("sales/<str:ref>/complaint/", complaints.record, name="complaint"),
    path("complaints/<str:ref>/", complaints.decide, name="decide"),
    path("file/", files.upload, name="file"),
    path("file/<str:ref>/", files.preview, name="preview"),
]
