"""Addresses of the proof."""

from django.urls import path, register_converter

from polecam.web.pages.proof import keepers, views


class DayConverter:
    """`2026-11-23` in an address."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> str:
        """Kept as text: the view asks the database for that day."""
        return value

    to_url = to_python


register_converter(DayConverter, "day")

app_name = "proof"
urlpatterns = [
    path("", views.seals, name="seals"),
    path("keep/", keepers.keep, name="keep"),
    path("stop/", keepers.stop, name="stop"),
    path("outside/", keepers.outside, name="outside"),
    path("outside/<slug:holder>/stop/", keepers.stop_outside, name="stop_outside"),
    path("<day:day>/", views.seal, name="seal"),
]
