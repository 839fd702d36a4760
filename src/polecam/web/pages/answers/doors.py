"""What the links of this area share: limits, and one answer for every link that opens nothing."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from polecam.store.limits import count_hit
from polecam.web.errors import page
from polecam.web.limits import address

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


def see_other(path: str) -> HttpResponse:
    """303: the answer to a POST is a page to look at."""
    return HttpResponseRedirect(path, status=303)
