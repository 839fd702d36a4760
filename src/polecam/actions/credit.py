"""The one way to share the credit of a referral: a new set, never a changed one. An inner step."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from polecam.claims import queries, rules
from polecam.claims.models import CreditShare, ShareReason
from polecam.claims.rules import Part
from polecam.clients.queries import owner_of_shared
from polecam.journal.record import record
from polecam.people.models import Person
from polecam.referrals.models import Grant, Referral

FIRST = ("reuse_share_bp", "share_floor_bp")
"""The settings that the first set of a referral stands on."""


def begin_for(
    referral: Referral, *, at: datetime, values: Mapping[str, int], own: bool = False
) -> None:
    """The first set of a new referral: the whole is its author's, less the part of the colleague
    whose shared client it was. `values`: the settings FIRST; `own`: it is the author's own client,
    so nobody needs to look.
    """
    author, bp = referral.originator_id, values["reuse_share_bp"]
    owner = owner_of_shared(referral.client_id, but=author) if bp and not own else None
    parts = rules.first_parts(author, owner, reuse_bp=bp, floor_bp=values["share_floor_bp"])
    reason = ShareReason.REUSE if len(parts) > 1 else ShareReason.CAPTURE
    begin(referral, parts, at=at, reason=reason)


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
    _told(referral, kept, number=number + 1, by=by, at=at, reason=reason, source=source)
    show(referral, at=at)
    return number + 1


def restore(
    referral: Referral, number: int, *, by: Person | None, at: datetime, source: str
) -> int:
    """An earlier set is in force again, floors and all: whatever came of it is undone.

    Returns the number of the new set.
    """
    rows = CreditShare.objects.filter(referral=referral, number=number).order_by("person_id")
    parts = [rules.part_of(row) for row in rows]
    last = queries.shares(referral)[0].number
    _write(referral, parts, number=last + 1, at=at, reason=ShareReason.UNDONE, source=source)
    _told(referral, parts, number=last + 1, by=by, at=at, reason=ShareReason.UNDONE, source=source)
    return last + 1


def show(referral: Referral, *, at: datetime) -> None:
    """Whoever has a part sees the stages from the friend's consent on, for good; never contact.

    Not before: until then a referral would tell what was answered to an ask (invariant 21).
    """
    if referral.consented_at is None:
        return
    sharers = {row.person_id: row.reason for row in queries.shares(referral)}
    sharers.pop(referral.originator_id, None)
    if sharers:
        seen = Grant.objects.filter(referral=referral, person__in=sharers, until=None)
        for person_id in sharers.keys() - set(seen.values_list("person_id", flat=True)):
            why = "owner" if sharers[person_id] == ShareReason.REUSE else "share"
            Grant.objects.create(referral=referral, person_id=person_id, why=why, since=at)


def _told(
    referral: Referral,
    parts: Sequence[Part],
    *,
    number: int,
    by: Person | None,
    at: datetime,
    reason: str,
    source: str,
) -> None:
    record(
        "share.set",
        referral,
        by=by,
        at=at,
        branch=referral.branch_id,
        data={
            "set": number,
            "reason": str(reason),
            "source": source,
            "people": [part.person_id for part in parts],
            "shares_bp": [part.share_bp for part in parts],
            "floors_bp": [part.floor_bp for part in parts],
        },
    )


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
