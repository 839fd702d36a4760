"""The one place that lets somebody in, whichever way they proved who they are.

    return arriving.begin(request, person, way=Way.SSO, onward="/today/")

A first proof (a password, the firm's single sign-on) leads on to the second one where the person
has a factor; until then the session knows whose turn it is for ten minutes and opens nothing.
"""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from polecam.actions import arrivals
from polecam.people.models import Person
from polecam.signin import policy, rules
from polecam.signin.models import Outcome, Way
from polecam.store.sessions import key_of
from polecam.web import devices, presence
from polecam.web.ui import format as fmt

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF = "half_in"
REMINDER = gettext_noop(
    "In your role a second step of sign-in is to be set up by %(day)s. It takes two minutes: Your "
    "account, My sign-in."
)
UNBOUND = frozenset({Way.PERSONA})
"""Ways in for which no second factor is demanded: the personas of a demo."""


def safe_next(request: HttpRequest, given: str, otherwise: str = "/") -> str:
    """An address on this host, or `otherwise`."""
    allowed = url_has_allowed_host_and_scheme(
        given, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return given if given and allowed else otherwise


def begin(
    request: HttpRequest, person: Person, *, way: str, onward: str = "/", strong: bool = False
) -> HttpResponse:
    """The first proof was right: ask for the second one if the person has it, else let them in.

    `strong`: this way was already two proofs in one (a passkey; a single sign-on that says so).
    """
    if strong or way in UNBOUND or not policy.has_factor(person):
        let_in(request, person, way=way, strong=strong)
        return HttpResponseRedirect(onward, status=303)
    at = datetime.now(UTC)
    request.session.cycle_key()
    request.session[HALF] = {
        "person": person.public_id,
        "password": person.get_session_auth_hash(),
        "until": (at + rules.HALF).timestamp(),
        "onward": onward,
    }
    arrivals.tried(
        at=at, person=person, way=way, outcome=Outcome.HALF, trace=devices.trace(request)
    )
    return HttpResponseRedirect(reverse("entry:second"), status=303)


def let_in(request: HttpRequest, person: Person, *, way: str, strong: bool) -> None:
    """Open a session under a new key, write it down, and apply the firm's rules to it."""
    at = datetime.now(UTC)
    request.session.pop(HALF, None)
    login(request, person, backend=BACKEND)
    request.session.cycle_key()  # also where `login` emptied the session of somebody else
    terms = arrivals.arrive(
        by=person,
        at=at,
        way=way,
        strong=strong,
        key=key_of(request.session),
        trace=devices.trace(request),
        known=way == Way.WELCOME or devices.is_known(request, person),
    )
    presence.begin(request, terms, at=at, strong=strong, bound=way not in UNBOUND)
    due = presence.due(request)
    if due is not None and at < due:
        messages.info(request, fmt.tie(_(REMINDER) % {"day": fmt.day(due)}))
    request.arrived = person  # type: ignore[attr-defined] # the middleware remembers the browser


def go(request: HttpRequest) -> None:
    """Sign out: the session is over, here and in the list."""
    if isinstance(request.user, Person):
        arrivals.go(
            by=request.user,
            at=datetime.now(UTC),
            key=key_of(request.session),
            trace=devices.trace(request),
        )
    logout(request)


def waiting(request: HttpRequest) -> tuple[Person, str] | None:
    """Whose second proof this session waits for, and where they want to go; None: nobody's."""
    half: dict[str, Any] = request.session.get(HALF) or {}
    if not half:
        return None
    person = Person.objects.filter(public_id=half["person"], is_active=True).first()
    late = datetime.now(UTC).timestamp() >= half["until"]
    if late or person is None:
        return None
    same = constant_time_compare(half["password"], person.get_session_auth_hash())
    return (person, half["onward"]) if same else None


def rotate(request: HttpRequest, person: Person) -> None:
    """A new key for the session, as after every proof; other cookies of it open nothing more."""
    old = key_of(request.session)
    request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    request.session.cycle_key()
    arrivals.moved(by=person, at=datetime.now(UTC), old=old, new=key_of(request.session))
