"""What a session says of itself: since when, when last, how well its person was proved.

It costs no query of its own: these marks lie in the session, which every page reads anyway. Every
few minutes one write notes that it is still used, and asks the firm's rules again.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from polecam.actions import arrivals
from polecam.people.models import Person
from polecam.signin import rules
from polecam.signin.policy import Terms
from polecam.store.sessions import key_of
from polecam.web import devices
from polecam.web.access import PUBLIC, RULES

MARK, ASKED = "way_in", "passkey_asked"
OPEN_AREAS = frozenset({"security", "sso"})
OPEN_NAMES = frozenset({"entry:sign_out", "entry:language", "entry:no_role"})
"""What a person who owes a second factor can still open."""
CLOSED_NAMES = frozenset({"security:sign_ins", "security:reset", "security:sign_out"})
"""Of those areas, what is about other people."""


def begin(request: HttpRequest, terms: Terms, *, at: datetime, strong: bool, bound: bool) -> None:
    """Write the marks of a session. `bound`: the firm's rules about second factors hold for it."""
    marks = {"began": at.timestamp(), "strong": strong, "bound": bound}
    request.session[MARK] = marks | _said(terms, at, bound=bound)
    proved(request, at)


def proved(request: HttpRequest, at: datetime, *, strong: bool = False) -> None:
    """Note that the person has just shown again who they are."""
    marks = request.session.get(MARK, {})
    strong = strong or bool(marks.get("strong"))
    request.session[MARK] = marks | {"proved": at.timestamp(), "strong": strong}


def is_fresh(request: HttpRequest, at: datetime) -> bool:
    """Whether that was a short while ago, so that what one signs in with may be changed."""
    said = request.session.get(MARK, {}).get("proved")
    return said is not None and at.timestamp() < said + rules.FRESH.total_seconds()


def ask(request: HttpRequest, what: str, challenge: str, at: datetime) -> None:
    """Keep the challenge that the next answer of a passkey must hold, for some minutes."""
    until = (at + rules.ANSWER).timestamp()
    request.session[ASKED] = {"what": what, "challenge": challenge, "until": until}


def asked(request: HttpRequest, what: str, at: datetime) -> str:
    """That challenge, once; empty where none was asked for this, or too long ago."""
    said = request.session.pop(ASKED, None) or {}
    good = said.get("what") == what and at.timestamp() < said["until"]
    return str(said["challenge"]) if good else ""


def due(request: HttpRequest) -> datetime | None:
    """From when on this session opens nothing until a second factor is set up; None: never."""
    said = request.session.get(MARK, {}).get("due")
    return datetime.fromtimestamp(said, UTC) if said is not None else None


def again(request: HttpRequest, terms: Terms, at: datetime) -> None:
    """Note what the firm demands now, after a look or after a factor came or went."""
    marks = request.session.get(MARK)
    if marks is not None:
        request.session[MARK] = marks | _said(terms, at, bound=bool(marks.get("bound")))


def _said(terms: Terms, at: datetime, *, bound: bool) -> dict[str, Any]:
    waits = terms.due.timestamp() if terms.due and bound else None
    return {"seen": at.timestamp(), "idle": terms.idle.total_seconds(), "due": waits}


class PresenceMiddleware:
    """Ends sessions whose time is over; holds back whoever owes a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session, if there is one; afterwards remember a browser that came in."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            self.look(request, datetime.now(UTC))
        response = self.get_response(request)
        arrived: Person | None = getattr(request, "arrived", None)
        if arrived is not None:
            devices.remember(request, response, arrived)
        return response

    def look(self, request: HttpRequest, at: datetime) -> None:
        """End it, or note that it is used, if that was not noted for some minutes."""
        marks = request.session.get(MARK)
        if marks is None:
            return
        began, seen = (datetime.fromtimestamp(marks[key], UTC) for key in ("began", "seen"))
        if rules.is_over(began, seen, timedelta(seconds=marks["idle"]), at):
            logout(request)
        elif at >= seen + rules.TOUCH:
            person = get_user(request)
            if isinstance(person, Person):
                terms = arrivals.seen(by=person, at=at, key=key_of(request.session))
                again(request, terms, at)

    def process_view(
        self, request: HttpRequest, view: object, *_arguments: object
    ) -> HttpResponse | None:
        """Whoever owes a second factor goes to where it is set up; public pages stay open."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if RULES.get(name, PUBLIC) == PUBLIC or name in OPEN_NAMES:
            return None
        if name.partition(":")[0] in OPEN_AREAS and name not in CLOSED_NAMES:
            return None
        waits = due(request)
        owes = waits is not None and datetime.now(UTC) >= waits
        return redirect("security:mine") if owes else None
