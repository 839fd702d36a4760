"""Proof of the shares: every set sums to the whole; nobody lost a floor, or agreed to, unasked."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from polecam.claims.models import CreditShare, ProposedShare, ShareReason
from polecam.kit.money import WHOLE_BP


def problems() -> Iterator[str]:
    """Sets that do not sum to 10,000 basis points; parts that fell without their seller's yes."""
    yield from _sums()
    yield from _floors()


def _sums() -> Iterator[str]:
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


def _floors() -> Iterator[str]:
    for row in fallen().select_related("referral").iterator():
        yield (
            f"referral {row.referral.public_id}: person {row.person_id} fell from "
            f"{row.share_bp} bp (floor {row.floor_bp}) in set {row.number} to "
            f"{row.after_bp} in the next, without their consent"  # type: ignore[attr-defined]
        )


def fallen() -> QuerySet[CreditShare]:
    """Shares below their floor in the next set, or smaller in an agreed one, without a yes.

    An undone hand-off puts an earlier set back, so it may lower what that hand-off had raised.
    """
    after = CreditShare.objects.filter(
        referral=OuterRef("referral"), number=OuterRef("number") + 1
    ).order_by("pk")
    own = after.filter(person=OuterRef("person"))
    agreed = ProposedShare.objects.filter(
        proposal__public_id=OuterRef("next_source"), person=OuterRef("person"), agreed=True
    )
    lost = Q(after_bp__lt=F("floor_bp")) | Q(
        next_reason=ShareReason.AGREED, after_bp__lt=F("share_bp")
    )
    return (
        CreditShare.objects.annotate(
            next_reason=Subquery(after.values("reason")[:1]),
            next_source=Subquery(after.values("source")[:1]),
            after_bp=Coalesce(Subquery(own.values("share_bp")[:1]), 0),
        )
        .filter(lost, next_reason__isnull=False)
        .exclude(next_reason=ShareReason.UNDONE)
        .filter(~Exists(agreed))
        .order_by("referral_id", "number", "person_id")
    )
