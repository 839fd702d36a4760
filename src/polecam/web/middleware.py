"""Language of the person; bodies too large, refusals, what no text can hold, turned into pages."""

from collections.abc import Callable

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from polecam.kit.errors import NotAllowed, Refused
from polecam.store.reach import is_away
from polecam.web import away
from polecam.web.ui.firm import firm, organisation_zone
from polecam.web.ui.format import use_currency

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
MOST_BYTES = 4 << 20
"""The largest body of a form. A door that takes files says so itself: `web.access.takes`."""


class BodyMiddleware:
    """A body that is too large, or does not say how large it is, is refused before it is read.

    It stands before the one that looks for the form's key, which reads the body.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass through; see process_view."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Look at the headers alone, once the door is known and before anything is read."""
        from polecam.web import errors

        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            return errors.unread(request, 411)
        said = request.META.get("CONTENT_LENGTH") or "0"
        most: int = getattr(view, "most_bytes", MOST_BYTES)
        if not said.isdecimal() or int(said) > most:
            return errors.unread(request, 413, most=most)
        return None


class LanguageMiddleware:
    """The language of the switch (a cookie); else the person's own; else the browser's; else
    the firm's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the language and the organisation's zone for this request."""
        language = self.choose(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        timezone.activate(organisation_zone())
        use_currency(firm().currency)
        response = self.get_response(request)
        response.setdefault("Content-Language", language)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response

    def choose(self, request: HttpRequest) -> str:
        """One of settings.LANGUAGES."""
        known = dict(settings.LANGUAGES)
        picked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if picked in known:
            return picked
        if request.user.is_authenticated and request.user.language in known:
            return request.user.language
        return away.spoken(request)


class RefusedMiddleware:
    """A refusal no view dealt with becomes a calm page: 403 for permissions, 409 for rules."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """404 for an address no page has, else pass through; see process_exception."""
        from polecam.web import errors

        if not request.path.isprintable():
            return errors.page(request, 404)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django calls this when a view raises."""
        from polecam.web import errors

        if isinstance(error, NotAllowed):
            return errors.refused(request, error, status=403)
        if isinstance(error, Refused):
            return errors.refused(request, error, status=409)
        if is_away(error):
            return away.page(request, error)
        if isinstance(error, DataError | ValueError) and holds_nul(request):
            return errors.page(request, 400)
        return None


def holds_nul(request: HttpRequest) -> bool:
    """Whether a NUL was sent: PostgreSQL keeps none in a text, so a query with it fails there."""
    sent = (request.GET, request.POST)
    return any("\x00" in value for said in sent for _, values in said.lists() for value in values)
