"""How often a branch asked at each kind of moment, and how often a client agreed."""

from polecam.asking.models import MomentTally, Outcome
from polecam.store import counters

YES = frozenset({Outcome.NAMES, Outcome.PASS_ON})
"""Answers that count as a yes: someone is named, or the client will pass the link on."""


def bump(branch_id: int, moment_kind: str, *, asks: int = 0, yes: int = 0) -> None:
    """Add to the branch's counters of one kind of moment ("" = no moment); may be negative."""
    counters.add(
        MomentTally, {"branch_id": branch_id, "kind": moment_kind}, {"asks": asks, "yes": yes}
    )


def change_of_yes(before: str, after: str) -> int:
    """+1, 0 or -1: how the count of yeses moves when an outcome changes."""
    return int(after in YES) - int(before in YES)
