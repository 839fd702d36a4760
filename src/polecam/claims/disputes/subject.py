"""What disputes hold about a friend: words of sellers that may speak of them.

Numbers, the rule applied and the outcome are about the sellers' credit and stay.
"""

from django.db.models import QuerySet

from polecam.claims.models import Dispute, DisputeDecision, DisputeParty
from polecam.parties.models import Party


def export(party: Party) -> list[dict]:
    """Each case about a referral of the person: when, how it ended, and every word of it."""
    return [
        {
            "raised_at": dispute.raised_at.isoformat(),
            "reason": dispute.reason,
            "state": dispute.state,
            "words": _words(dispute),
        }
        for dispute in _about(party).order_by("id")
    ]


def _words(dispute: Dispute) -> list[str]:
    parties = DisputeParty.objects.filter(dispute=dispute).order_by("id")
    decisions = DisputeDecision.objects.filter(dispute=dispute).order_by("number")
    said = [dispute.note]
    said += [text for row in parties for text in (row.statement, row.appeal)]
    said += [decision.words for decision in decisions]
    return [text for text in said if text]


def erase(party: Party) -> int:
    """Forget the words with their nonces, so that the journal's HMACs prove nothing more."""
    ids = list(_about(party).values_list("pk", flat=True))
    DisputeParty.objects.filter(dispute__in=ids).update(statement="", appeal="", nonce="")
    DisputeDecision.objects.filter(dispute__in=ids).update(words="", nonce="")
    return Dispute.objects.filter(pk__in=ids).update(note="", nonce="")


def _about(party: Party) -> QuerySet[Dispute]:
    return Dispute.objects.filter(referral__party=party)
