"""Error pages: what happened and what to do next, in the reader's language."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from polecam.kit.errors import Refused
from polecam.store.reach import is_away
from polecam.web import away


def page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    """The page `ui/<status>.html`."""
    return render(request, f"ui/{status}.html", context, status=status)


def refused(request: HttpRequest, error: Refused, *, status: int) -> HttpResponse:
    """The page of a refusal, with its sentence."""
    from polecam.web.ui.refusals import sentence_of

    return page(request, status, sentence=sentence_of(error))


def unread(request: HttpRequest, status: int, *, most: int = 0) -> HttpResponse:
    """411 or 413: the body was not read, nothing was kept; `most` bytes are taken here."""
    request._mark_post_parse_error()  # type: ignore[attr-defined] # nobody reads it any more
    response = page(request, status, most_megabytes=most >> 20)
    response["Connection"] = "close"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where the database is away, which even who it is cannot be asked then."""
    error = sys.exc_info()[1]
    if error is not None and is_away(error):
        return away.page(request, error)
    return page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key was missing or old: nothing was saved, go back and send again."""
    return page(request, 403, stale_form=True)
