"""What the links of this area share: limits, and one answer for every link that opens nothing."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from polecam.actions.privacy import STAFF
from polecam.kit.errors import Refused
from polecam.store.limits import count_hit
from polecam.web.errors import page
from polecam.web.limits import address
from polecam.web.pages.public.views import device

T = TypeVar("T")
TRIES = 3
log = logging.getLogger(__name__)
USES = (30, 3600)
"""Posts with one link in an hour."""
GUESSES = (200, 3600)
"""Links that opened nothing, from one address in an hour: a guess has one chance in 2^128."""


def nothing(request: HttpRequest) -> HttpResponse:
    """The answer to a wrong, an expired and an erased link alike. Raises Http404, or 429 for one
    who goes on guessing."""
    most, seconds = GUESSES
    if count_hit("answers-guess", address(request), seconds, at=datetime.now(UTC)) > most:
        response = page(request, 429)
        response["Retry-After"] = str(seconds)
        return response
    raise Http404


def patiently(answer: Callable[[], T]) -> T:
    """Do what a client answered; while everybody writes at once, the same again, TRIES times.

    An answer twice is once, so it may be tried again, and none is lost to a queue. Raises
    OperationalError when the database stays away.
    """
    for _try in range(TRIES - 1):
        try:
            return answer()
        except OperationalError:
            log.warning("an answer waits for the database")
    return answer()


def own_device(request: HttpRequest) -> None:
    """An answer is the client's: not given, and not looked for, in an employee's browser.

    The adviser who passed the link on has it, too; how far the client has come is not for them.
    Raises Refused("own_session").
    """
    if device(request) == STAFF:
        raise Refused("own_session")


def see_other(path: str) -> HttpResponse:
    """303: the answer to a POST is a page to look at."""
    return HttpResponseRedirect(path, status=303)
