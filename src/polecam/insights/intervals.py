"""Honest ranges: Beta for chances, bootstrap for amounts, and own data that replace a default
by weight, never by a jump (evidence.md, last line of "Formulas").

The dice have a fixed seed: the same data give the same range. A range holds eight of ten outcomes.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from polecam.insights.estimate import EDGES
from polecam.insights.expected import WEIGHT

DRAWS = 400
SEED = 20261126
MOST = 500
"""So many observations say as much about a mean as anyone can see."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its range: `low` <= `value` <= `high`. A counted fact has no width."""

    value: float
    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether it was counted and not estimated."""
        return self.low == self.value == self.high

    @property
    def width(self) -> float:
        """From low to high."""
        return self.high - self.low


def exact(value: float) -> Figure:
    """A counted fact."""
    return Figure(value, value, value)


def around(value: float, draws: Sequence[float]) -> Figure:
    """`value` with the range of `draws`; it always lies inside."""
    ordered = sorted(draws)
    low, high = (ordered[round(edge * (len(ordered) - 1))] for edge in EDGES)
    return Figure(value, min(value, low), max(value, high))


NINETEEN_OF_TWENTY = 1.959964
"""Standard deviations either side that hold 19 of 20 outcomes."""


def wilson(yes: int, cases: int, z: float = NINETEEN_OF_TWENTY) -> Figure:
    """The share of `yes` in `cases` (> 0) with its score interval (Wilson 1927).

    It never leaves 0 to 1 and holds for few cases, where the plain one does not.
    """
    share, square = yes / cases, z * z / cases
    centre = (share + square / 2) / (1 + square)
    reach = z / (1 + square) * math.sqrt(share * (1 - share) / cases + square / (4 * cases))
    low, high = max(0.0, centre - reach), min(1.0, centre + reach)
    return Figure(share, min(share, low), max(share, high))  # the last digit of a float


def dice() -> Random:
    """Dice that always fall the same."""
    return Random(SEED)  # noqa: S311 - a fixed seed on purpose: no secret, a stable figure


def drawn(count: int, one: Callable[[Random], float]) -> list[float]:
    """`count` outcomes of `one`."""
    rolled = dice()
    return [one(rolled) for _ in range(count)]


def shrunk(default: float, own: float, cases: float, weight: float = WEIGHT) -> float:
    """Default and own value by weight: between both, nearer to the own one the more cases."""
    return (default * weight + own * cases) / (weight + cases)


def mean_draws(
    observed: Sequence[float], default: float, *, weight: float = WEIGHT, draws: int = DRAWS
) -> list[float]:
    """Outcomes of a shrunk mean: the bootstrap of what was observed, joined with the default.

    The default itself is uncertain, too: as if it were the mean of `weight` cases that spread as
    widely as a payment by chance does (its standard deviation is its size).
    """
    sample = list(observed[:MOST])
    cases, rolled = len(observed), dice()
    found = []
    for _ in range(draws):
        prior = max(0.0, rolled.gauss(default, abs(default) / math.sqrt(weight)))
        own = sum(rolled.choices(sample, k=len(sample))) / len(sample) if sample else 0.0
        found.append(shrunk(prior, own, cases, weight))
    return found


def total_draws(amounts: Sequence[float], draws: int = DRAWS) -> list[float]:
    """Outcomes of a sum: what came might have come more or less often (Poisson bootstrap)."""
    rolled = dice()
    return [sum(amount * _times(rolled) for amount in amounts) for _ in range(draws)]


def _times(rolled: Random) -> int:
    """How often something that came once comes another time: Poisson with mean 1."""
    limit, product, count = math.exp(-1), rolled.random(), 0
    while product > limit:
        product *= rolled.random()
        count += 1
    return count
