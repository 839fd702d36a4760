"""Addresses of imports: upload, one import from preview to result."""

from django.urls import path

from polecam.web.pages.imports import acts, views

app_name = "imports"
urlpatterns = [
    path("", acts.list_, name="list"),
    path("<str:ref>/", views.one, name="one"),
    path("<str:ref>/columns/", acts.adjust, name="adjust"),
    path("<str:ref>/rehearsal/", acts.rehearse, name="rehearse"),
    path("<str:ref>/start/", acts.start, name="start"),
    path("<str:ref>/cancel/", acts.cancel, name="cancel"),
    path("<str:ref>/progress/", views.progress, name="progress"),
    path("<str:ref>/rejected.csv", views.rejected_csv, name="rejected_csv"),
    path("<str:ref>/rejected.xlsx", views.rejected_xlsx, name="rejected_xlsx"),
]
