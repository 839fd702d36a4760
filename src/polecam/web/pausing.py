"""While the house is closed (an upgrade, a move) every page says so, and keeps what was typed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from polecam.store import pause
from polecam.web import away

ALIVE = "/health/"
"""A monitor is told the truth by its own page: the process lives, the database is what it is."""


class Pause:
    """Stands before everything that asks the database. One look at the disk where it is open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """503 in the reader's language while it is closed."""
        if pause.is_on() and not request.path.startswith(ALIVE):
            return away.page(request, pause.Paused())
        return self.get_response(request)
