"""The courage meter: guessed and real, for one pair of eyes."""

from django.urls import path

from polecam.web.pages.courage import views

app_name = "courage"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("card/", views.card, name="card"),
    path("before/<str:client>/", views.before, name="before"),
    path("choose/", views.choose, name="choose"),
    path("forget/", views.forget, name="forget"),
]
