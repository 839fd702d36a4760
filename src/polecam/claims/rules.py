"""How long exclusivity lasts, and what a set of shares must keep. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from polecam.kit.errors import Refused
from polecam.kit.money import WHOLE_BP


def until(since: datetime, exclusivity_days: int) -> datetime:
    """End (exclusive) of a claim made at `since`; days are 24 hours."""
    return since + timedelta(days=exclusivity_days)


def secured(current_until: datetime, reached_at: datetime, secures_days: int) -> datetime:
    """A contact that reached the prospect secures at least `secures_days` more (domain.md)."""
    return max(current_until, reached_at + timedelta(days=secures_days))


WORK = ("attempt", "reached", "meeting")
"""What may count as work, from the lightest to the strongest."""
REMINDERS = (3, 14)
"""Days before the end of a claim on which its holder is reminded, each once."""


def counts_as_work(deed: str, wanted: str) -> bool:
    """Whether a deed secures the exclusivity where the firm wants `wanted` (both of WORK).

    A stronger deed counts, too: whoever arranged a meeting has reached the friend.
    """
    return WORK.index(deed) >= WORK.index(wanted)


def reminder_due(length_days: int, days_left: int, reminded: int | None) -> int | None:
    """Which reminder (14 or 3) a claim of so many days is due, `days_left` before its end.

    `reminded`: the last one sent. A claim no longer than the reminder's days needs none of it.
    """
    for days in REMINDERS:
        if 0 <= days_left <= days:
            told = reminded is not None and reminded <= days
            return days if length_days > days and not told else None
    return None


@dataclass(frozen=True, order=True, slots=True)
class Part:
    """One seller's part of a set: `share_bp` of 10,000, never below `floor_bp` unasked."""

    person_id: int
    share_bp: int
    role: str = "introducer"
    floor_bp: int = 0


class Share(Protocol):
    """A stored share."""

    person_id: int
    share_bp: int
    role: str
    floor_bp: int


def part_of(share: Share) -> Part:
    """A stored share as a value."""
    return Part(share.person_id, share.share_bp, share.role, share.floor_bp)


def check_parts(parts: Sequence[Part]) -> None:
    """Raise Refused: "shares_sum" unless they are positive and sum to the whole, "share_twice"."""
    if len({part.person_id for part in parts}) != len(parts):
        raise Refused("share_twice", field="shares")
    if any(part.share_bp <= 0 for part in parts) or sum(p.share_bp for p in parts) != WHOLE_BP:
        raise Refused("shares_sum", field="shares")


def with_floors(
    before: Sequence[Part], after: Sequence[Part], agreed: Collection[int]
) -> list[Part]:
    """`after` with the floors of `before` carried on (invariant 6).

    Whoever is in `agreed` may fall below their floor, and their new part is then their floor.
    Raises Refused("shares_floor") for anyone else, also for one who would vanish from the set.
    """
    check_parts(after)
    floors = {part.person_id: part.floor_bp for part in before if part.floor_bp}
    new = {part.person_id: part.share_bp for part in after}
    for person_id, floor_bp in floors.items():
        if new.get(person_id, 0) < floor_bp and person_id not in agreed:
            raise Refused("shares_floor", field="shares", floor_bp=floor_bp)
    return [
        replace(
            part, floor_bp=min(part.share_bp, max(part.floor_bp, floors.get(part.person_id, 0)))
        )
        for part in after
    ]


def first_parts(
    seller_id: int, owner_id: int | None, *, reuse_bp: int, floor_bp: int
) -> list[Part]:
    """The first set: all to the seller who asked, less the part of a shared client's owner.

    `owner_id`: the colleague who owns the client, None where it is the seller's own. The author
    keeps at least `floor_bp` from the first moment, the owner the whole of their part.
    """
    if owner_id is None or owner_id == seller_id or not reuse_bp:
        return [Part(seller_id, WHOLE_BP, floor_bp=floor_bp)]
    rest = WHOLE_BP - reuse_bp
    return [
        Part(seller_id, rest, floor_bp=min(rest, floor_bp)),
        Part(owner_id, reuse_bp, "opener", reuse_bp),
    ]


def losers(before: Sequence[Part], after: Sequence[Part]) -> set[int]:
    """Who gets less by `after` than by `before`: their consent is needed."""
    new = {part.person_id: part.share_bp for part in after}
    return {part.person_id for part in before if new.get(part.person_id, 0) < part.share_bp}
