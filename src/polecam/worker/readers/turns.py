"""A colleague's exclusivity ended without a sale: the next further recommendation has its turn."""

from datetime import datetime

from polecam.actions import turns
from polecam.journal.models import Event
from polecam.referrals.models import Referral

KINDS = frozenset({"claim.ended"})


def handle(event: Event, at: datetime) -> None:
    """Give the claim to whoever waits; twice is once."""
    if event.data.get("reason") not in turns.WITHOUT_SALE:
        return
    referral = Referral.objects.filter(public_id=event.subject).select_related("party").first()
    if referral is not None:
        turns.pass_on(at=at, referral=referral)
