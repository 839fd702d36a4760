"""The house cannot reach its data: a calm page that keeps what was typed and lets it be sent again.

Shown where a database is gone, locked for too long, or full, and where no room is left for a file.
Nothing of the request was kept (an action is one transaction) or all of it was and only the answer
is missing; a form's own key makes the second sending safe either way.
"""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from polecam.store.pause import Paused

RETRY_SECONDS = 60
SECRET = ("password", "code", "secret", "login")
"""A form with such a field is not written into a page; it is short enough to be typed again."""
PLAIN = "application/x-www-form-urlencoded"
log = logging.getLogger(__name__)


def page(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503, in the reader's language; asks nothing of the database, and nothing of the session."""
    log.warning("no data: %s", type(error).__name__)
    language = getattr(request, "LANGUAGE_CODE", "") or spoken(request)
    with translation.override(language):
        if "HX-Request" in request.headers:
            response = _piece(request)
        else:
            context = {
                "LANGUAGE_CODE": language,
                "path": request.get_full_path(),
                "typed": _typed(request),
                "wrote": request.method == "POST",
                "paused": isinstance(error, Paused),
            }
            response = HttpResponse(render_to_string("ui/503.html", context))
    response.status_code = 503
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "private, no-store"
    return response


def spoken(request: HttpRequest) -> str:
    """The language to speak without asking who it is: the switch's, else the browser's, else PL."""
    picked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if picked in dict(settings.LANGUAGES):
        return picked
    header = request.headers.get("Accept-Language", "")[:40].lower()
    return "en" if header.startswith("en") else settings.LANGUAGE_CODE


def _piece(request: HttpRequest) -> HttpResponse:
    """For htmx: the page stays as it is, with all that was typed, and a message says why."""
    wrote = request.method == "POST"
    response = HttpResponse(render_to_string("ui/503_piece.html") if wrote else "")
    response["HX-Reswap"] = "none"
    return response


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, to be sent again as it was, its own key and token included; no file."""
    if request.method != "POST" or request.content_type != PLAIN:
        return []
    try:
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
    except Exception:  # the body was never whole
        return []
    if any(secret in name for name, _ in sent for secret in SECRET):
        return []
    return sent
