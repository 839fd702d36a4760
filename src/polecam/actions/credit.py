"""The one way to share the credit of a referral: a new set, never a changed one. An inner step."""

from collections.abc import Collection, Sequence
from datetime import datetime

from polecam.claims import queries, rules
from polecam.claims.models import CreditShare
from polecam.claims.rules import Part
from polecam.journal.record import record
from polecam.people.models import Person
from polecam.referrals.models import Referral


def begin(referral: Referral, parts: Sequence[Part], *, at: datetime, reason: str) -> None:
    """The first set, at capture; `parts` sum to 10,000 basis points (Refused("shares_sum"))."""
    _write(referral, parts, number=1, at=at, reason=reason, source="")


def share_anew(
    referral: Referral,
    parts: Sequence[Part],
    *,
    by: Person | None,
    at: datetime,
    reason: str,
    source: str,
    agreed: Collection[int] = (),
) -> int:
    """A new set of shares in force from `at`, inside the caller's action with the referral locked.

    `agreed`: ids of sellers whose consent to this very set is recorded; only they may fall below
    their floor (invariant 6), which then is their new part. `source`: public id of the hand-off,
    proposal, dispute or bulk hand-off. Returns the number of the set; where nothing changes, that
    of the set in force. Raises Refused("shares_sum", "shares_floor", "share_twice").
    """
    now = queries.shares(referral)
    before = [rules.part_of(share) for share in now]
    kept = rules.with_floors(before, parts, agreed)
    number = now[0].number if now else 0
    if sorted(before) == sorted(kept):
        return number
    _write(referral, kept, number=number + 1, at=at, reason=reason, source=source)
    record(
        "share.set",
        referral,
        by=by,
        at=at,
        branch=referral.branch_id,
        data={
            "set": number + 1,
            "reason": str(reason),
            "source": source,
            "people": [part.person_id for part in kept],
            "shares_bp": [part.share_bp for part in kept],
            "floors_bp": [part.floor_bp for part in kept],
        },
    )
    return number + 1


def _write(
    referral: Referral,
    parts: Sequence[Part],
    *,
    number: int,
    at: datetime,
    reason: str,
    source: str,
) -> None:
    rules.check_parts(parts)
    CreditShare.objects.bulk_create(
        CreditShare(
            referral=referral,
            number=number,
            person_id=part.person_id,
            role=part.role,
            share_bp=part.share_bp,
            floor_bp=part.floor_bp,
            reason=reason,
            source=source,
            at=at,
        )
        for part in sorted(parts)
    )
