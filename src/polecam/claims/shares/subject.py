"""What was written about one person beside a proposed split, to export or erase."""

from polecam.claims.models import ShareProposal
from polecam.parties.models import Party


def export(party: Party) -> list[dict]:
    """Proposals of other shares on the person's referrals, with the words that went with them."""
    rows = ShareProposal.objects.filter(referral__party=party).select_related("proposed_by")
    return [
        {
            "proposed_by": row.proposed_by.full_name,
            "reason": row.reason,
            "note": row.note,
            "at": row.at.isoformat(),
            "state": row.state,
        }
        for row in rows.order_by("id")
    ]


def erase(party: Party) -> int:
    """Forget the words, and what the journal committed to them by; splits and amounts stay.

    A proposal that still waits lapses at its next look (actions.proposals.close_due).
    """
    rows = ShareProposal.objects.filter(referral__party=party)
    return rows.update(note="", nonce="")
