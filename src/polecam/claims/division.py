"""Who gets what when a portfolio is divided, and what becomes of the shares. Pure."""

from collections.abc import Sequence

from polecam.claims.handoffs import rules
from polecam.claims.rules import Part
from polecam.kit.errors import Refused

SELLER, HOLDER = "seller", "holder"
"""What a plan says of somebody who left: they still earn, or whoever works the referral on; else
the branch pool gets their part."""


def equal(things: int, people: int) -> list[int]:
    """So many things in parts as equal as can be; the first get one more."""
    each, rest = divmod(things, people)
    return [each + (place < rest) for place in range(people)]


def deal(counts: Sequence[int]) -> list[int]:
    """Whose turn it is, thing by thing: everyone gets their count, mixed evenly.

    So that nobody gets all the old clients, or all the new ones: at every moment whoever lacks
    most of their part is next (ties: the first).
    """
    given = [0] * len(counts)
    turns = []
    for _thing in range(sum(counts)):
        place = min(
            (place for place, count in enumerate(counts) if given[place] < count),
            key=lambda place: ((2 * given[place] + 1) / counts[place], place),
        )
        given[place] += 1
        turns.append(place)
    return turns


def check_counts(counts: Sequence[int], things: int) -> None:
    """Raise Refused("division_sum") unless the counts are not below zero and make the whole."""
    if any(count < 0 for count in counts) or sum(counts) != things:
        raise Refused("division_sum", field="counts", things=things)


def shares_after_leaving(
    before: Sequence[Part],
    *,
    leaver: str,
    giver_id: int,
    originator_id: int,
    receiver_id: int,
    author_bp: int,
    floor_bp: int,
) -> list[Part]:
    """The set of shares once `receiver_id` works on what somebody who left had led.

    Where the plan still pays whoever left (SELLER), or the branch pool in their place, they give
    from their own part what a hand-off for leaving gives (`author_bp`: what an author keeps), and
    keep their floor (`floor_bp`): whoever works on is paid for the work. Where
    it pays whoever works on (HOLDER), the set stays: the part is theirs when a fact is credited.
    """
    own = rules.part(before, giver_id)
    if leaver == HOLDER or not own:
        return list(before)
    lowest = rules.lowest_floor(before, originator_id, floor_bp)
    kept = rules.usual_kept(
        before,
        giver_id=giver_id,
        originator_id=originator_id,
        author_bp=author_bp,
        lowest_bp=lowest,
    )
    after = rules.split(
        before,
        giver_id=giver_id,
        originator_id=originator_id,
        receiver_id=receiver_id,
        kept_bp=kept,
    )
    return rules.fixed(after, originator_id, lowest)
