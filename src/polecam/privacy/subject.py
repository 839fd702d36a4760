"""What this room holds about one person, to export or erase."""

from datetime import datetime

from polecam.organisation.settings import organisation
from polecam.parties.models import Party
from polecam.people.models import Membership
from polecam.privacy import wordings
from polecam.privacy.models import Consent


def export(party: Party) -> dict:
    """Consents with the exact words, their dates and how they were confirmed: plain values."""
    rows = list(
        Consent.objects.filter(party=party).select_related("wording", "receiver").order_by("id")
    )
    words = _as_read(rows) if rows else {}
    return {"consents": [_one(consent, words[consent.pk]) for consent in rows]}


def _one(consent: Consent, words: str) -> dict:
    return {
        "id": consent.public_id,
        "channel": consent.channel,
        "purpose": consent.purpose,
        "receiver": consent.receiver.full_name,
        "wording": words,
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


def erase(party: Party, at: datetime) -> int:
    """Withdraw whatever still stands; the bare rows stay as proof: ids, enums and dates only."""
    return Consent.objects.filter(party=party, withdrawn_at=None, given_at__lte=at).update(
        withdrawn_at=at
    )


def _iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
