"""What a seller expected to hear: the only module that seals and opens it, for that seller alone.

A guess is sealed with a key of its own seller (`store.crypto.seal_for`), so that a row moved to
somebody else's name does not open. Every sealed text has the same length, "not now" included: its
size gives nothing away. Nobody's figure, list, export or event is made of guesses (invariant 21).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from polecam.asking.models import Ask, CourageChoice, Guess, Outcome
from polecam.asking.tally import ANSWERS
from polecam.people.models import Person
from polecam.store import crypto

STEPS = (10, 30, 50, 70, 90)
"""What may be guessed: the chance of a yes in per cent."""
NOT_NOW = 0
"""A question that was put aside: kept, so that it does not come back at once."""
WAITS = timedelta(days=14)
"""A guess whose ask has not been made by then is forgotten."""
PLACE = "asking.guess.said_sealed:{}"


@dataclass(frozen=True, slots=True)
class Said:
    """One own guess (`percent`) that met an answer (an Outcome), and when was asked."""

    percent: int
    outcome: str
    at: datetime


def is_due(made: int, every: int) -> bool:
    """Whether the question comes before the next ask, after `made` of them: each `every`-th. Pure.

    No dice: the same history asks at the same places.
    """
    return (made + 1) % every == 0


def wants(seller: Person) -> bool:
    """Whether the seller is asked at all; yes until they say no thanks."""
    return not CourageChoice.objects.filter(seller=seller, asked=False).exists()


def due(seller: Person, *, every: int) -> bool:
    """Whether the question may stand before the seller's next ask. At most three queries."""
    if not wants(seller):
        return False
    asks = Ask.objects.filter(seller=seller, undone_at=None).exclude(outcome=Outcome.NOT_ASKED)
    times = list(asks.order_by("-asked_at").values_list("asked_at", flat=True))
    if not is_due(len(times), every):
        return False
    said = Guess.objects.filter(seller=seller)
    return not (said.filter(at__gt=times[0]) if times else said).exists()


def write(seller: Person, *, client: str, percent: int, at: datetime) -> Guess:
    """Inner step: seal what the seller expects of this client (public id), before the ask.

    What was said of the same client before it, and what never met its ask, is forgotten.
    """
    for old, whose, _percent in _waiting(seller):
        if whose == client or old.at < at - WAITS:
            old.delete()
    guess = Guess(seller=seller, at=at)
    guess.said_sealed = crypto.seal_for(
        _owner(seller), f"{percent:02d}:{client:15}", PLACE.format(guess.public_id)
    )
    guess.save()
    return guess


def attach(seller: Person, ask: Ask) -> None:
    """Inner step: the ask that a guess waited for is made; any other guess goes on waiting."""
    for guess, client, percent in _waiting(seller):
        if client == ask.client.public_id and percent != NOT_NOW and guess.at <= ask.asked_at:
            guess.ask = ask
            guess.save(update_fields=["ask"])
            return


def detach(ask: Ask) -> None:
    """Inner step: the ask is taken back; what was expected waits for the next one, as before it.

    Unless something else has been said of the same client since.
    """
    mine = list(_opened(ask.seller, Guess.objects.filter(ask=ask)))
    since = {client for _guess, client, _percent in _waiting(ask.seller)}
    for guess, client, _percent in mine:
        if client not in since:
            guess.ask = None
            guess.save(update_fields=["ask"])


def heard(seller: Person) -> list[Said]:
    """The seller's own guesses that met an answer, the newest first; for that seller only."""
    rows = (
        Guess.objects.filter(seller=seller, ask__seller=seller, ask__undone_at=None)
        .filter(ask__outcome__in=ANSWERS)
        .select_related("ask")
        .order_by("-ask__asked_at", "-id")
    )
    found = []
    for row, _client, percent in _opened(seller, rows):
        if row.ask is not None:
            found.append(Said(percent, row.ask.outcome, row.ask.asked_at))
    return found


def forget(seller: Person, at: datetime) -> int:
    """Inner step: nothing that was said until `at` is kept; how many there were."""
    return Guess.objects.filter(seller=seller, at__lte=at).delete()[0]


def _waiting(seller: Person) -> list[tuple[Guess, str, int]]:
    return list(_opened(seller, Guess.objects.filter(seller=seller, ask=None).order_by("id")))


def _opened(seller: Person, rows: Iterable[Guess]) -> Iterable[tuple[Guess, str, int]]:
    """(row, client's public id, per cent) of what this seller's key opens; the rest is skipped."""
    for row in rows:
        try:
            said = crypto.unseal_for(_owner(seller), row.said_sealed, PLACE.format(row.public_id))
            percent, _, client = said.partition(":")
            yield row, client.strip(), int(percent)
        except (crypto.Unreadable, ValueError):
            continue


def _owner(seller: Person) -> str:
    return f"courage:{seller.public_id}"
