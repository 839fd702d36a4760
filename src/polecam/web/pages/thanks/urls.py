"""Addresses of thanks: what is owed and given, one client, the card for print."""

from django.urls import path

from polecam.web.pages.thanks import views

app_name = "thanks"
urlpatterns = [
    path("", views.list_, name="list"),
    path("<str:ref>/", views.one, name="one"),
    path("<str:ref>/none/", views.skip, name="skip"),
    path("<str:ref>/again/", views.again, name="again"),
    path("<str:ref>/card.pdf", views.card, name="card"),
]
