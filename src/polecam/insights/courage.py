"""Guessed against heard, of one seller and for that seller alone.

People think they are refused far more often than they are: askers underestimated agreement by up
to half (Flynn & Lake 2008, J. Pers. Soc. Psychol. 95), over 14,000 people asked (Bohns 2016, Curr.
Dir. Psychol. Sci. 25).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from polecam.asking import courage, queries
from polecam.asking.courage import Said
from polecam.asking.rules import ANSWERED_YES
from polecam.asking.tally import ANSWERS
from polecam.kit.wilson import interval
from polecam.people.models import Person

ENOUGH = 8
"""Answers heard before a rate is shown; fewer say little."""
FEWEST_GUESSES = 2
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Meter:
    """All in whole per cent. `low`, `high`: the range that holds eight of ten likely rates."""

    guesses: int
    thought: int
    answers: int
    yes: int
    heard: int
    low: int
    high: int
    last: tuple[Said, ...] = ()

    @property
    def missing(self) -> int:
        """Answers still to come before there is something to see."""
        return max(0, ENOUGH - self.answers)

    @property
    def enough(self) -> bool:
        """Whether both figures may be shown."""
        return self.answers >= ENOUGH and self.guesses >= FEWEST_GUESSES


def meter(seller: Person) -> Meter:
    """The seller's own guesses beside the rate of all they asked since the first of them.

    Two queries. For this seller's eyes only: pass the signed-in person.
    """
    said = courage.heard(seller)
    outcomes: list[str] = []
    if said:
        asks = queries.visible_to(seller).filter(outcome__in=ANSWERS, asked_at__gte=said[-1].at)
        outcomes = list(asks.values_list("outcome", flat=True))
    return measured(said, outcomes)


def measured(said: Sequence[Said], outcomes: Sequence[str]) -> Meter:
    """The figures: mean guess, share of yes among `outcomes`, its Wilson interval. Pure."""
    yes = sum(outcome in ANSWERED_YES for outcome in outcomes)
    low, high = interval(yes, len(outcomes))
    return Meter(
        guesses=len(said),
        thought=round(sum(one.percent for one in said) / len(said)) if said else 0,
        answers=len(outcomes),
        yes=yes,
        heard=round(100 * yes / len(outcomes)) if outcomes else 0,
        low=round(100 * low),
        high=round(100 * high),
        last=tuple(said[:SHOWN]),
    )
