"""A client's answers to a survey and a pulse: no login, no script."""

from django.urls import path

from polecam.web.pages.answers import pulse, survey

app_name = "answers"
urlpatterns = [
    path("s/<str:token>/", survey.survey, name="survey"),
    path("s/<str:token>/withdraw/", survey.withdraw, name="withdraw"),
    path("s/<str:token>/stop/", survey.stop, name="stop"),
    path("p/<str:token>/", pulse.pulse, name="pulse"),
]
