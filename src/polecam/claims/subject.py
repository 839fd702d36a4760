"""What this room holds about one person, to export or erase."""

from datetime import datetime

from polecam.claims.models import Claim
from polecam.parties.models import Party


def export(party: Party) -> dict:
    """Who worked with the person, since when and until when."""
    rows = Claim.objects.filter(referral__party=party).select_related("holder").order_by("id")
    return {
        "claims": [
            {
                "holder": claim.holder.full_name,
                "since": claim.since.isoformat(),
                "until": claim.until.isoformat(),
                "ended_at": claim.ended_at.isoformat() if claim.ended_at else None,
            }
            for claim in rows
        ]
    }


def erase(party: Party, at: datetime) -> int:
    """End what still runs and forget whom it was about; call before the referrals forget."""
    mine = Claim.objects.filter(referral__party=party) | Claim.objects.filter(party=party)
    ids = list(mine.values_list("pk", flat=True))
    rows = Claim.objects.filter(pk__in=ids)
    rows.filter(ended_at=None).update(ended_at=at, end_reason="erased")
    return rows.update(party=None)
