"""What thanks are due and when, and what a reward may be. Pure."""

from collections.abc import Collection
from datetime import date, timedelta

RECOMMENDED, TALKED = "recommended", "talked"
OCCASIONS = {
    "referral.captured": RECOMMENDED,
    "referral.consented": RECOMMENDED,
    "referral.meeting_held": TALKED,
    "telling.given": TALKED,
}
"""Which event makes thanks due. A sale is not among them, nor anything that follows from one.

The client named a friend; else, through a link passed on, the friend came and allows that it is
told: the earliest of a referral counts. The talk took place, or the friend allowed afterwards that
it is told.
"""

UNSAID = frozenset({"imported"})
"""Kinds of referral for which nobody is thanked now: they are of the past."""


def due_on(day: date, days: int) -> date:
    """Thanks that became due on `day` are given within `days`, at the latest on this one."""
    return day + timedelta(days=days)


def owed_for(kind: str, *, told: bool, held: bool) -> str:
    """The occasion that an event of `kind` makes thanks due for; "" for none.

    That the friend answered, and the talk that took place (`held`), only where the friend allows
    that it is told (`told`): being thanked for them would tell as much.
    """
    occasion = OCCASIONS.get(kind, "")
    if kind != "referral.captured" and not told:
        return ""
    return "" if occasion == TALKED and not held else occasion


# --- rewards --------------------------------------------------------------------------------------

OUTCOMES = {
    "referral.consented": "consent",
    "referral.meeting_held": "talk",
    "telling.given": "talk",
}
"""Which event is the outcome that a reward is attached to. One referral, one outcome, one reward
for each side: there is no count here to grow."""


def sides(side: str) -> tuple[str, ...]:
    """Whom a reward of a side goes to: one grant for each."""
    return ("client", "friend") if side == "both" else (side,)


def due_sides(side: str, *, told: bool) -> tuple[str, ...]:
    """Sides of a reward that an outcome makes due.

    A friend's consent and a talk are known to the client only where the friend allowed it: without
    that their own side, and the charity's, would tell, and so are not given.
    """
    wanted = sides(side)
    if not told:
        return tuple(one for one in wanted if one == "friend")
    return wanted


def many(rewarded: Collection[int], referral: int, *, most: int, regulated: bool) -> bool:
    """Whether compliance must look: more than `most` rewarded referrals of one client in a year.

    `rewarded`: those of the year so far. Insurance distribution and mortgage law (compliance.md).
    """
    return regulated and len({*rewarded, referral}) > most


def over_year(had_grosze: int, more_grosze: int, most_grosze: int) -> bool:
    """Whether one more reward would give a person more in a year than the setting allows."""
    return had_grosze + more_grosze > most_grosze


MOVES = {
    "asked": frozenset({"approved", "refused", "cancelled"}),
    "approved": frozenset({"given", "cancelled"}),
    "refused": frozenset[str](),
    "given": frozenset[str](),
    "cancelled": frozenset[str](),
}


def may_move(state: str, to: str) -> bool:
    """Whether a reward may go from one state to another; what is given stays given."""
    return to in MOVES[state]
