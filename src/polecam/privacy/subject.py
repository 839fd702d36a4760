"""What this room holds about one person, to export or erase."""

from datetime import datetime

from polecam.organisation.settings import organisation
from polecam.parties.models import Party
from polecam.people.models import Membership
from polecam.privacy import wordings
from polecam.privacy.models import Consent, PersonRequest, RequestKind, RequestOutcome, Telling


def export(party: Party) -> dict:
    """Consents with the exact words, their dates and how they were confirmed; whether their client
    may hear that the talk took place; what they asked about their data: plain values."""
    rows = list(
        Consent.objects.filter(party=party).select_related("wording", "receiver").order_by("id")
    )
    words = _as_read(rows) if rows else {}
    telling = Telling.objects.filter(party=party).select_related("wording").order_by("id")
    asked = PersonRequest.objects.filter(party=party).order_by("id")
    return {
        "consents": [_one(consent, words[consent.pk]) for consent in rows],
        "telling": [
            {
                "wording": row.wording.text,
                "wording_holds": _holds(row),
                "given_at": row.given_at.isoformat(),
                "withdrawn_at": _iso(row.withdrawn_at),
            }
            for row in telling
        ],
        "requests": [
            {
                "request": request.kind,
                "came": request.came,
                "received_on": request.received_on.isoformat(),
                "due_on": request.due_on.isoformat(),
                "extended_why": request.extended_why,
                "done_at": _iso(request.done_at),
                "outcome": request.outcome,
            }
            for request in asked
        ],
    }


def _one(consent: Consent, words: str) -> dict:
    return {
        "id": consent.public_id,
        "channel": consent.channel,
        "purpose": consent.purpose,
        "receiver": consent.receiver.full_name,
        "wording": words,
        "wording_holds": _holds(consent),
        "wording_version": consent.wording.version,
        "wording_digest": consent.wording.digest,
        "language": consent.wording.language,
        "collected": consent.source,
        "given_at": consent.given_at.isoformat(),
        "confirmed_at": _iso(consent.confirmed_at),
        "withdrawn_at": _iso(consent.withdrawn_at),
    }


def _as_read(rows: list[Consent]) -> dict[int, str]:
    """The words of each consent with their names, as the person read them."""
    firm = organisation().name
    works = Membership.objects.filter(person__in={row.receiver_id for row in rows})
    places = {
        place.person_id: place.branch
        for place in works.select_related("branch").order_by("-since", "-id")
    }
    return {
        row.pk: wordings.fill(
            row.wording.text,
            firm=firm,
            branch=places[row.receiver_id],
            seller=None if row.names_branch else row.receiver,
        )
        if row.receiver_id in places
        else row.wording.text
        for row in rows
    }


def _holds(row: Consent | Telling) -> bool:
    """Whether the words still are, letter by letter, those that were agreed to."""
    return wordings.digest(row.wording.text) == row.wording.digest


def erase(party: Party, at: datetime) -> int:
    """Withdraw whatever still stands; the bare rows stay as proof: ids, enums and dates only.

    An erasure asked for is done by this. Another open question stays: its answer is now that
    nothing is kept.
    """
    asked = PersonRequest.objects.filter(party=party)
    asked.filter(kind=RequestKind.ERASE, done_at=None).update(
        done_at=at, outcome=RequestOutcome.DONE
    )
    asked.update(who_sealed="", extended_why="", outcome_why="")
    Telling.objects.filter(party=party, withdrawn_at=None).update(withdrawn_at=at)
    return Consent.objects.filter(party=party, withdrawn_at=None, given_at__lte=at).update(
        withdrawn_at=at
    )


def _iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
