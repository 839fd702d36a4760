"""How often one may be wrong: counted in the database, so every process knows the same number.

Each try is counted before it is looked at, so many at once are no way around; a right one is given
back, so only wrong ones add up. Nobody is locked out for good, and never out of their passkey:
there is nothing in it to guess, so the limit of one person's codes does not hold for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from polecam.actions import arrivals
from polecam.people.models import Person
from polecam.signin import rules
from polecam.signin.models import Outcome
from polecam.store.limits import count_hit, give_back
from polecam.web import devices
from polecam.web.limits import address
from polecam.web.ui import format as fmt


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is counted: which kind of try, by whom, and how many in how many seconds."""

    purpose: str
    who: str
    limits: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many tries: when the next one is looked at, and whether it was only now too many."""

    until: datetime
    first: bool

    @property
    def sentence(self) -> str:
        """A calm one, which says when."""
        return fmt.tie(
            _("There were many tries. The next one is possible from %(when)s.")
            % {"when": fmt.when(self.until)}
        )

    def on(self, response: HttpResponse, at: datetime) -> HttpResponse:
        """The answer with its header."""
        response["Retry-After"] = str(int((self.until - at).total_seconds()) + 1)
        return response


def from_here(request: HttpRequest) -> Bucket:
    """Everything that is tried from one address."""
    return Bucket("sign-in", address(request), rules.TRIES_FROM)


def as_somebody(email: str) -> Bucket:
    """Passwords tried for one address of mail, known or not."""
    return Bucket("sign-in-as", email.strip().lower()[:254], rules.TRIES_AS)


def codes_of(person: Person) -> Bucket:
    """Codes tried for one person."""
    return Bucket("sign-in-code", person.public_id, rules.TRIES)


def count(buckets: Iterable[Bucket], at: datetime) -> Wait | None:
    """Count one try; when to come again where it is one too many."""
    waits = []
    for bucket in buckets:
        for most, seconds in bucket.limits:
            used = count_hit(f"{bucket.purpose}-{seconds}", bucket.who, seconds, at=at)
            if used > most:
                waits.append(Wait(rules.opens_again(at, seconds), used == most + 1))
    return max(waits, key=lambda wait: wait.until) if waits else None


def was_right(buckets: Iterable[Bucket], at: datetime) -> None:
    """Take back what was counted at `at`."""
    for bucket in buckets:
        for _most, seconds in bucket.limits:
            give_back(f"{bucket.purpose}-{seconds}", bucket.who, seconds, at=at)


def note(request: HttpRequest, wait: Wait, person: Person | None, way: str, at: datetime) -> None:
    """Write down that somebody tried too often: once in each window, not for every knock."""
    if wait.first:
        arrivals.tried(
            at=at,
            person=person,
            way=way,
            outcome=Outcome.TOO_OFTEN,
            trace=devices.trace(request),
        )
