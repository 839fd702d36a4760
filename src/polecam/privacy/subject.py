"""What this room holds about one person, to export or erase."""

from datetime import datetime

from polecam.parties.models import Party
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
                "wording": consent.wording.text,
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


def _iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
