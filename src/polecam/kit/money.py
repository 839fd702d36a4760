"""Integer grosze and basis points: the one rounding helper, the one way to divide an amount."""

from collections.abc import Mapping
from typing import Any, TypeVar

K = TypeVar("K", bound=Any)

WHOLE_BP = 10_000
"""One whole in basis points (100%)."""


def half_up(numerator: int, denominator: int) -> int:
    """numerator / denominator rounded to the nearest integer, halves away from zero.

    Symmetric, so that taking back is exact: half_up(-a, b) == -half_up(a, b).
    Raises ValueError unless denominator > 0.
    """
    if denominator <= 0:
        raise ValueError("denominator must be positive")
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def share_of(amount_grosze: int, rate_bp: int) -> int:
    """`rate_bp` basis points of an amount, in grosze, rounded half away from zero."""
    return half_up(amount_grosze * rate_bp, WHOLE_BP)


def part_of(amount: int, offset: int, weight: int, total: int = WHOLE_BP) -> int:
    """The part of `amount` that lies between `offset` and `offset + weight` of `total`.

    Cumulative rounding: the rounded sum up to the part's end less the rounded sum up to its
    start. Neighbouring parts share that border, so parts that cover the whole sum exactly to
    `amount`, and each is less than one grosz from exact. A part needs only its own offset, so
    SQL computes it row by row (bonuses.engine does, with the same formula).
    """
    return half_up(amount * (offset + weight), total) - half_up(amount * offset, total)


def allocate(amount: int, weights: Mapping[K, int]) -> dict[K, int]:
    """Divide `amount` (grosze) among recipients by their weights (basis points), to the grosz.

    The parts sum exactly to the amount, each is less than one grosz from exact, and
    allocate(-x) == -allocate(x). Recipients stand in the order of their keys (person ids),
    whatever order they come in: to permute them is to permute the parts.
    Raises ValueError for a negative weight or a zero sum.
    """
    total = sum(weights.values())
    if total <= 0 or min(weights.values(), default=0) < 0:
        raise ValueError("weights must be non-negative and not all zero")
    parts: dict[K, int] = {}
    offset = 0
    for key in sorted(weights):
        parts[key] = part_of(amount, offset, weights[key], total)
        offset += weights[key]
    return {key: parts[key] for key in weights}
