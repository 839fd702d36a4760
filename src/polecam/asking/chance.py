"""Proof that a sentence came first by chance: made when it is shown, checked when the ask is noted.

Without it a form could claim anything; with it nothing needs to be remembered while the seller
talks. The order itself is drawn in `asking.choosing`.
"""

from datetime import date

from polecam.asking.models import Script
from polecam.clients.models import Client
from polecam.people.models import Person
from polecam.store import crypto


def place(moment: str, day: date) -> str:
    """What an ask is about, for the draw: its moment, else the day."""
    return moment or day.isoformat()


def proof(person: Person, client: Client, script: Script) -> str:
    """What the form carries along with the sentence that chance put first."""
    parts = (person.public_id, client.public_id, script.public_id)
    return crypto.keyed("words-first", *parts)[:32]


def holds(shown: str, person: Person, client: Client, script: Script | None) -> bool:
    """Whether `shown` is that proof (constant time)."""
    return bool(script and shown) and crypto.same(shown, proof(person, client, script))  # type: ignore[arg-type]
