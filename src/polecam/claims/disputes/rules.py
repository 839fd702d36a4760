"""Contested credit as values: what is contested, what waits, who decides, when it goes up. Pure.

A decision raises the raiser's part to a target, at the cost of everyone else in proportion to what
they hold above their agreed floors. So nothing anybody was promised is ever taken (invariant 6).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from polecam.claims.rules import Part
from polecam.kit.errors import Refused
from polecam.kit.money import WHOLE_BP, allocate
from polecam.referrals.rules import holds_contact

SHORTEST_WORDS = 20
LONGEST_WORDS = 600
LONGEST_STATEMENT = 400
WITHOUT_PART = frozenset({"amount", "other"})
"""Reasons that may contest no part at all: a question about a sum, answered in words."""
FROM_THE_START = frozenset({"brought", "client"})
"""Reasons about who brought the person: they reach back to the first fact. The rest is about the
shares in force, and reaches what was credited under them."""
STEP_BP = 500
PATTERN_DAYS = 180
PATTERN_TIMES = 2
ROLES = {"brought": "introducer", "client": "introducer", "worked": "closer"}
"""What somebody did who was in no share before, by the reason; else opener."""


def part_bp(parts: Iterable[Part], person_id: int) -> int:
    """Somebody's part of a set; 0 for whoever is not in it."""
    return sum(part.share_bp for part in parts if part.person_id == person_id)


def room(parts: Iterable[Part], raiser_id: int) -> dict[int, int]:
    """What everyone but the raiser holds above their floor, by person id; those with nothing are
    left out."""
    free = {p.person_id: p.share_bp - p.floor_bp for p in parts if p.person_id != raiser_id}
    return {person: bp for person, bp in free.items() if bp > 0}


def contested(parts: Sequence[Part], raiser_id: int, reason: str, claimed_bp: int) -> int:
    """The part that waits for a decision: what the raiser claims above their present part, never
    more than the others hold above their floors.

    Raises Refused: "dispute_part" outside the whole, "dispute_nothing" where no more is claimed
    than the raiser has, "dispute_floors" where everything is agreed for good.
    """
    if not 0 <= claimed_bp <= WHOLE_BP:
        raise Refused("dispute_part", field="claimed")
    more = claimed_bp - part_bp(parts, raiser_id)
    if more <= 0:
        if reason in WITHOUT_PART:
            return 0
        raise Refused("dispute_nothing", field="claimed")
    free = sum(room(parts, raiser_id).values())
    if not free:
        raise Refused("dispute_floors", field="claimed")
    return min(more, free)


def suggestion(parts: Sequence[Part], raiser_id: int, usual_bp: int) -> int:
    """What the form proposes: halfway to what can be contested, in steps of 5%.

    For whoever has no part yet, `usual_bp` (what such help usually brings).
    """
    own = part_bp(parts, raiser_id)
    free = sum(room(parts, raiser_id).values())
    wanted = own + (free // 2 if own else usual_bp)
    return min(own + free, max(own, wanted // STEP_BP * STEP_BP))


def raised_to(
    parts: Sequence[Part], raiser_id: int, target_bp: int, role: str = "opener"
) -> list[Part]:
    """The set in which the raiser has `target_bp`, as far as the others' floors allow.

    Whoever has more already keeps it. Parts of nothing are left out; the rest sums to the whole.
    """
    own = part_bp(parts, raiser_id)
    free = room(parts, raiser_id)
    more = min(max(0, target_bp - own), sum(free.values()))
    if not more:
        return list(parts)
    given = allocate(more, free)
    others = [
        replace(part, share_bp=part.share_bp - given.get(part.person_id, 0))
        for part in parts
        if part.person_id != raiser_id
    ]
    mine = next((part for part in parts if part.person_id == raiser_id), Part(raiser_id, 0, role))
    return sorted([*(p for p in others if p.share_bp), replace(mine, share_bp=own + more)])


def raised_layout(
    layout: Mapping[int, int], floors: Mapping[int, int], raiser_id: int, target_bp: int
) -> dict[int, int]:
    """The same for the shares of a credited fact (person id -> bp), under the floors of today."""
    parts = [
        Part(person, bp, floor_bp=min(bp, floors.get(person, 0))) for person, bp in layout.items()
    ]
    return {part.person_id: part.share_bp for part in raised_to(parts, raiser_id, target_bp)}


def waits(whole: int, before: Mapping[int, int], after: Mapping[int, int]) -> dict[int, int]:
    """How many grosze of each one's part of `whole` would go, were `after` to hold.

    Exactly the difference of the two parts, so that what is not contested is what would stay.
    """
    old, new = allocate(whole, before), allocate(whole, after)
    gone = {person: amount - new.get(person, 0) for person, amount in old.items()}
    return {person: min(old[person], amount) for person, amount in gone.items() if amount > 0}


def granted(outcome: str, contested_bp: int, typed_bp: int) -> int:
    """The part a decision gives the raiser on top of their own. Raises Refused: "dispute_outcome",
    "dispute_partly" unless a part of the contested is less than all of it and more than nothing.
    """
    if outcome == "upheld":
        return contested_bp
    if outcome == "rejected":
        return 0
    if outcome != "partly":
        raise Refused("dispute_outcome", field="outcome")
    if not 0 < typed_bp < contested_bp:
        raise Refused("dispute_partly", field="granted")
    return typed_bp


def words(typed: str, *, field: str, shortest: int = 1, longest: int = LONGEST_STATEMENT) -> str:
    """What somebody wrote, with single spaces. Raises Refused: "dispute_words_short",
    "dispute_words_long", "words_with_contact" (numbers and addresses stay with the friend)."""
    text = " ".join(typed.split())
    if len(text) < shortest:
        raise Refused("dispute_words_short", field=field, shortest=shortest)
    if len(text) > longest:
        raise Refused("dispute_words_long", field=field, longest=longest)
    if holds_contact(text):
        raise Refused("words_with_contact", field=field)
    return text


@dataclass(frozen=True, slots=True)
class Rung:
    """Somebody who may decide, and how high they stand: 0 in the branch itself, then upwards."""

    person_id: int
    height: int


def first_rung(ladder: Sequence[Rung], not_these: Collection[int] = ()) -> Rung | None:
    """Who decides at first: the lowest who is not among `not_these` (the parties)."""
    return next((rung for rung in ladder if rung.person_id not in not_these), None)


def next_rung(ladder: Sequence[Rung], now_id: int, not_these: Collection[int] = ()) -> Rung | None:
    """Who comes after `now_id`: somebody higher up; else somebody of the same height who has not
    been asked, in the order of the ladder; else nobody.

    Whoever no longer stands on the ladder is followed by its first.
    """
    free = [r for r in ladder if r.person_id != now_id and r.person_id not in not_these]
    here = next((rung for rung in ladder if rung.person_id == now_id), None)
    if here is None:
        return first_rung(free)
    higher = [rung for rung in free if rung.height > here.height]
    after = ladder[ladder.index(here) + 1 :]
    beside = [rung for rung in free if rung.height == here.height and rung in after]
    return next(iter(higher or beside), None)


def remind_at(due_at: datetime, hours: int) -> datetime:
    """When half of the time has passed."""
    return due_at - timedelta(hours=hours) / 2
