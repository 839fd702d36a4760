"""What this room holds about one person, to export or erase."""

from datetime import datetime

from django.db.models import QuerySet

from polecam.claims.disputes import subject as disputes
from polecam.claims.models import OPEN_HANDOFFS, Claim, Handoff, HandoffState, Receipt
from polecam.claims.shares import subject as shares
from polecam.parties.models import Party
from polecam.referrals.models import Referral


def export(party: Party) -> dict:
    """Who worked with the person, since when and until when."""
    rows = Claim.objects.filter(referral__party=party).select_related("holder").order_by("id")
    handed = Handoff.objects.filter(referral__party=party).select_related("giver", "receiver")
    return {
        "disputes": disputes.export(party),
        "share_proposals": shares.export(party),
        "handoffs": [
            {
                "from": handoff.giver.full_name,
                "to": handoff.receiver.full_name if handoff.receiver else None,
                "reason": handoff.kind,
                "note": handoff.note,
                "wanted": [
                    value
                    for value in (
                        handoff.wanted_language,
                        handoff.wanted_product,
                        handoff.wanted_place,
                    )
                    if value
                ],
                "made_at": handoff.made_at.isoformat(),
                "state": handoff.state,
            }
            for handoff in handed.order_by("id")
        ],
        "claims": [
            {
                "holder": claim.holder.full_name,
                "since": claim.since.isoformat(),
                "until": claim.until.isoformat(),
                "ended_at": claim.ended_at.isoformat() if claim.ended_at else None,
            }
            for claim in rows
        ],
        "receipts": [
            {"number": receipt.number, "kind": receipt.kind, "at": receipt.at.isoformat()}
            for receipt in Receipt.objects.filter(referral__in=_referrals(party)).order_by("number")
        ],
    }


def erase(party: Party, at: datetime) -> int:
    """End what still runs and forget whom it was about; call before the referrals forget."""
    mine = Claim.objects.filter(referral__party=party) | Claim.objects.filter(party=party)
    ids = list(mine.values_list("pk", flat=True))
    handed = Handoff.objects.filter(referral__party=party)
    handed.filter(state__in=OPEN_HANDOFFS).update(state=HandoffState.EXPIRED, ended_at=at)
    handed.update(note="", nonce="", wanted_language="", wanted_product="", wanted_place="")
    forget_salt(party)
    disputes.erase(party)
    shares.erase(party)
    rows = Claim.objects.filter(pk__in=ids)
    rows.filter(ended_at=None).update(ended_at=at, end_reason="erased")
    return rows.update(party=None)


def forget_salt(party: Party) -> None:
    """Receipts stay and verify; what they were about can be shown by nobody any more."""
    Receipt.objects.filter(referral__in=_referrals(party)).exclude(salt="").update(salt="")


def _referrals(party: Party) -> QuerySet[Referral, str]:
    return Referral.objects.filter(party=party).values_list("public_id", flat=True)
