"""Whether clients feel free to refuse: quiet alerts, a look, a decision."""

from django.urls import path

from polecam.web.pages.pulse import views

app_name = "pulse"
urlpatterns = [
    path("", views.list_, name="list"),
    path("<str:ref>/", views.one, name="one"),
    path("<str:ref>/look/", views.look, name="look"),
    path("<str:ref>/decide/", views.decide, name="decide"),
    path("<str:ref>/end/", views.end, name="end"),
]
