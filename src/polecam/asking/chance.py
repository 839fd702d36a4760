"""Proof that a sentence came first by chance: made when it is shown, checked when the ask is noted.

Without it a form could claim anything; with it nothing needs to be remembered while the seller
talks. It goes along when the seller leafs on: an answer counts for the sentence that was drawn, or
one that is leafed over in hard talks would look good. The order itself is drawn in
`asking.choosing`.
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
    """What the form carries along: `<id of the sentence that chance put first>.<proof>`."""
    parts = (person.public_id, client.public_id, script.public_id)
    return f"{script.public_id}.{crypto.keyed('words-first', *parts)[:32]}"


def drawn(shown: str, person: Person, client: Client) -> Script | None:
    """The sentence that chance put first, if `shown` proves it (constant time)."""
    script = Script.objects.filter(public_id=shown.partition(".")[0]).first() if shown else None
    right = script is not None and crypto.same(shown, proof(person, client, script))
    return script if right else None
