"""What this room holds about a person who works here, to export or erase."""

from datetime import datetime
from typing import Any

from polecam.people.models import Person
from polecam.signin.models import Factor, Identity, Session, SignIn, SpareCode
from polecam.store import sessions


def export(person: Person) -> dict[str, Any]:
    """What the person signs in with, where, and when they did; never a secret."""
    return {
        "factors": [
            {
                "kind": factor.kind,
                "name": factor.name,
                "created_at": factor.created_at.isoformat(),
                "last_used_at": _iso(factor.last_used_at),
            }
            for factor in Factor.objects.filter(person=person).order_by("id")
        ],
        "spare_codes_left": SpareCode.objects.filter(person=person, used_at=None).count(),
        "sessions": [
            {
                "device": session.device,
                "began_at": session.began_at.isoformat(),
                "seen_at": session.seen_at.isoformat(),
                "ended_at": _iso(session.ended_at),
            }
            for session in Session.objects.filter(person=person).order_by("id")
        ],
        "sign_ins": [
            {
                "at": row.at.isoformat(),
                "way": row.way,
                "outcome": row.outcome,
                "device": row.device,
            }
            for row in SignIn.objects.filter(person=person).order_by("id")
        ],
        "single_sign_on": [
            {"issuer": row.issuer, "linked_at": row.linked_at.isoformat()}
            for row in Identity.objects.filter(person=person).order_by("id")
        ],
    }


def erase(person: Person, at: datetime) -> int:
    """Forget all of it; how many rows. Whoever is signed in is signed in no more."""
    rows = Session.objects.filter(person=person)
    sessions.end(rows.values_list("key_hash", flat=True))
    return sum(
        model.objects.filter(person=person).delete()[0]
        for model in (Factor, SpareCode, Session, SignIn, Identity)
    )


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
