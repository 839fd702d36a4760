"""A form whose answer was lost is sent again by its browser, or its person: it counts once.

Forms that begin something bring a key of their own and lead to what they began. Every other one is
known by the token that its page was given (each page gets another one), its address and its fields;
that is written down in the transaction of the action itself (docs/adr/0039).
"""

from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from polecam.actions import once
from polecam.people.models import Person
from polecam.store.crypto import keyed
from polecam.store.tx import at_the_start
from polecam.web.away import PLAIN

TOKEN, OWN_KEY = "csrfmiddlewaretoken", "key"


class OnceMiddleware:
    """Stands closest to the views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the first action of the request write the form down."""
        key, person = _key(request), request.user
        if not key or not isinstance(person, Person):
            return self.get_response(request)
        actor, at = person.public_id, datetime.now(UTC)
        with at_the_start(lambda: once.form(actor, key, at=at)) as waiting:
            response = self.get_response(request)
        stays = 200 <= response.status_code < 300
        if stays and not waiting:  # the browser has its answer, and the same page and token
            once.forget_form(actor, key)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """It arrived before: back to its page, which shows what came of it."""
        if not isinstance(error, once.AlreadyDone):
            return None
        messages.info(request, _("This had arrived already. It counts once."))
        if "HX-Request" in request.headers:
            response = HttpResponse()
            response["HX-Refresh"] = "true"
            return response
        return HttpResponseRedirect(_page(request), status=303)


def _key(request: HttpRequest) -> str:
    """What this very form is known by; empty where it need not be."""
    if request.method != "POST" or request.content_type != PLAIN:
        return ""  # a file is read by its view, and shown before anything comes of it
    token = request.POST.get(TOKEN, "")
    if not token or OWN_KEY in request.POST:
        return ""
    fields = [(name, values) for name, values in request.POST.lists() if name != TOKEN]
    return keyed("form", token, request.get_full_path(), repr(fields))


def _page(request: HttpRequest) -> str:
    """The page the form stood on, if it is one of ours."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        page, {request.get_host()}, require_https=request.is_secure()
    )
    return page if ours else "/"
