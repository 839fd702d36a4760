"""What this room holds about one person, to export or erase."""

from datetime import datetime

from polecam.organisation.settings import organisation
from polecam.parties.models import Party
from polecam.people.models import Membership
from polecam.privacy import wordings
from polecam.privacy.models import Consent


def export(party: Party) -> dict:
    """Consents with the exact words, their dates and how they were confirmed: plain values."""
    rows = Consent.objects.filter(party=party).select_related("wording", "receiver").order_by("id")
    return {
        "consents": [
            {
                "id": consent.public_id,
                "channel": consent.channel,
                "purpose": consent.purpose,
                "receiver": consent.receiver.full_name,
                "wording": _as_read(consent),
                "wording_version": consent.wording.version,
                "wording_digest": consent.wording.digest,
                "language": consent.wording.language,
                "collected": consent.source,
                "given_at": consent.given_at.isoformat(),
                "confirmed_at": _iso(consent.confirmed_at),
                "withdrawn_at": _iso(consent.withdrawn_at),
            }
            for consent in rows
        ]
    }


def erase(party: Party, at: datetime) -> int:
    """Withdraw whatever still stands; the bare rows stay as proof: ids, enums and dates only."""
    return Consent.objects.filter(party=party, withdrawn_at=None, given_at__lte=at).update(
        withdrawn_at=at
    )


def _as_read(consent: Consent) -> str:
    """The words with their names, as the person read them."""
    works = Membership.objects.filter(person=consent.receiver).select_related("branch")
    place = works.order_by("since", "id").first()
    if place is None:
        return consent.wording.text
    return wordings.fill(
        consent.wording.text,
        firm=organisation().name,
        branch=place.branch,
        seller=None if consent.names_branch else consent.receiver,
    )


def _iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
