"""Everything the house keeps about a client, as far as the client themselves may read it."""

from datetime import datetime
from typing import Any

from polecam.actions.officer import collected
from polecam.asking.rules import is_owner_or_shared
from polecam.journal.record import record
from polecam.privacy.rules import masked
from polecam.referrals import cards
from polecam.referrals.models import Card
from polecam.store import tx

INTERNAL = ("imports", "files")
"""Rejected rows and names of files: the officer looks into them, one request at a time."""
NOTES_OF_OTHERS = frozenset({"note", "reason", "decision", "to", "wording_digest", "outcome_why"})
"""What colleagues wrote for themselves, and addresses: never on a page that a link opens."""


ANSWERS = frozenset({"score", "what_helped", "taken_back_on", "pulses"})
"""What the client said to the firm about itself. The seller who gave the card may have its link,
and is promised never to read it."""
LEFT_OUT = NOTES_OF_OTHERS | ANSWERS


def is_current(card: Card) -> bool:
    """Whether the card's adviser still is the client's: a former one may have its link as well."""
    client, seller = card.client, card.seller
    return seller.is_active and is_owner_or_shared(client.owner_id, client.shared, seller.pk)


def about(card: Card, *, at: datetime) -> dict[str, Any]:
    """By room, plain values, as the officer's export without notes, contact data masked.

    Whoever holds the link could read it, so numbers and addresses are masked; a whole copy comes
    from the officer; on the card of a former adviser stands the card alone. No answer to a survey
    or a pulse, for the same reason. About friends: how far a link has come where they allowed it,
    nothing else.
    """
    known_here = collected(card.client.party) if is_current(card) else {}
    found = {
        room: _without_notes(known) for room, known in known_here.items() if room not in INTERNAL
    }
    for person in _people(found.get("parties", {})):
        for name in ("phone", "email"):
            person[name] = masked(person.get(name) or "")
    found["card"] = {
        "opened_at": card.made_at.isoformat(),
        "valid_until": card.expires_at.isoformat(),
        "own_words": card.words,
        "links": [
            {
                "link": link.number,
                "made_at": link.invitation.created_at.isoformat(),
                "valid_until": link.invitation.expires_at.isoformat(),
                "reached": link.reached,
            }
            for link in cards.shown(card, at=at)
        ],
    }
    return found


def copied(*, card: Card, at: datetime) -> dict[str, Any]:
    """The same to take along (GDPR 15 and 20); the journal notes that it was handed out."""
    with tx.action():
        record("party.exported", card.client.party, by=None, at=at)
        return about(card, at=at)


def _without_notes(known: Any) -> Any:
    if isinstance(known, dict):
        return {key: _without_notes(value) for key, value in known.items() if key not in LEFT_OUT}
    if isinstance(known, list):
        return [_without_notes(item) for item in known]
    return known


def _people(room: dict[str, Any]) -> list[dict[str, Any]]:
    person = room.get("person") or []
    return person if isinstance(person, list) else [person]
