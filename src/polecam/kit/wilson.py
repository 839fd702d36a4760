"""The Wilson score interval of a share: honest for few cases and for shares near 0 or 1."""

import math

EIGHT_OF_TEN = 1.2815515655446004
"""Standard normal quantile of 0.9: the two-sided range holds eight of ten likely values, and its
lower end alone is passed by nine of ten."""


def interval(yes: int, cases: int, z: float = EIGHT_OF_TEN) -> tuple[float, float]:
    """(low, high) of the true share behind `yes` of `cases`; (0, 1) without any case.

    Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22:
    centre (p + z^2/2n) / (1 + z^2/n), half-width z sqrt(p(1-p)/n + z^2/4n^2) / (1 + z^2/n).
    """
    if not cases:
        return 0.0, 1.0
    share, square = yes / cases, z * z / cases
    centre = (share + square / 2) / (1 + square)
    half = z * math.sqrt(share * (1 - share) / cases + square / (4 * cases)) / (1 + square)
    return max(0.0, centre - half), min(1.0, centre + half)
