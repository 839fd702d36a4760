"""The Net Promoter Score with its honest range. Pure."""

import math

from polecam.insights.intervals import Figure
from polecam.kit.wilson import EIGHT_OF_TEN

PRETENDED = 3.0
"""Pretended answers: a quarter glad, a half between, a quarter not."""
WHOLE = 100


def score(glad: int, between: int, not_glad: int, z: float = EIGHT_OF_TEN) -> Figure:
    """100 (share of 9-10 minus share of 0-6), from -100 to 100, with a range.

    The score is the mean of +1, 0 and -1, so its variance is that of a trinomial:
    Var = (p+ + p- - (p+ - p-)^2) / n. Few answers make that too narrow (all alike: no width at
    all), so the range is the adjusted Wald one of Rocks (2016), "Interval Estimation for the 'Net
    Promoter Score'", The American Statistician 70(4), AW(3, T), in the manner of Agresti & Coull:
    three pretended answers are added, 3/4 glad, 3/2 between, 3/4 not glad. z: eight of ten likely
    values, like every range of the house. Raises ValueError without an answer.
    """
    answers = glad + between + not_glad
    if not answers:
        raise ValueError("no answer, no score")
    cases = answers + PRETENDED
    plus, minus = (glad + PRETENDED / 4) / cases, (not_glad + PRETENDED / 4) / cases
    centre = plus - minus
    half = z * math.sqrt((plus + minus - centre * centre) / cases)
    value = (glad - not_glad) / answers
    low, high = min(value, max(-1.0, centre - half)), max(value, min(1.0, centre + half))
    return Figure(WHOLE * value, WHOLE * low, WHOLE * high)
