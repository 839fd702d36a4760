"""Addresses of trying a plan out on a past or possible period."""

from django.urls import path

from polecam.web.pages.simulation import views

app_name = "simulation"
urlpatterns = [
    path("<str:ref>/", views.show, name="show"),
    path("<str:ref>/card/", views.card, name="card"),
    path("<str:ref>/simulation.<str:form>", views.export, name="export"),
]
