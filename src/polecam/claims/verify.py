"""Proof of the shares: every set sums to the whole, at every instant."""

from collections.abc import Iterator

from django.db.models import Sum

from polecam.claims.models import CreditShare
from polecam.kit.money import WHOLE_BP


def problems() -> Iterator[str]:
    """Every set of shares that does not sum to 10,000 basis points, by its referral."""
    wrong = (
        CreditShare.objects.values("referral__public_id", "number")
        .annotate(total=Sum("share_bp"))
        .exclude(total=WHOLE_BP)
        .order_by("referral_id", "number")
    )
    for found in wrong.iterator():
        yield (
            f"referral {found['referral__public_id']}: shares of set {found['number']} sum to "
            f"{found['total']} bp instead of {WHOLE_BP}"
        )
