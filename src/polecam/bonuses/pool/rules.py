"""The arithmetic of the branch pool, pure: what a sale saved, what flows, who gets which part."""

from collections.abc import Mapping
from dataclasses import dataclass

from polecam.kit import money


@dataclass(frozen=True, slots=True)
class Saving:
    """One sale in grosze: what a client costs otherwise, less the bonuses and the sellers' time."""

    benchmark: int
    bonuses: int
    time: int

    @property
    def saved(self) -> int:
        """What stays in the branch; below zero where the referral cost more."""
        return self.benchmark - self.bonuses - self.time

    def flow(self, pool_bp: int) -> int:
        """The pool's part of it; never below zero."""
        return money.share_of(max(0, self.saved), pool_bp)


def time_of(ask_minutes: int, follow_minutes: int, hour_grosze: int) -> int:
    """What the sellers' minutes for one won referral cost."""
    return money.half_up((ask_minutes + follow_minutes) * hour_grosze, 60)


def parts(amount: int, weights: Mapping[int, int]) -> dict[int, int]:
    """`amount` divided by weights (person id -> weight); whoever weighs nothing is left out.

    The parts sum to the amount to the grosz, whatever order people come in.
    """
    weighing = {person: weight for person, weight in weights.items() if weight > 0}
    return money.allocate(amount, weighing) if weighing else {}


def back(amount: int, balance: int) -> int:
    """What of a flow a pool that holds `balance` can still give back."""
    return max(0, min(amount, balance))
