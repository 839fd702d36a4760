"""Integer grosze and basis points: the one rounding helper, the one way to divide an amount."""

from collections.abc import Sequence

WHOLE_BP = 10_000
"""One whole in basis points (100%)."""


def half_up(numerator: int, denominator: int) -> int:
    """numerator / denominator rounded to the nearest integer, halves away from zero.

    Symmetric, so that a reversal is exact: half_up(-a, b) == -half_up(a, b).
    Raises ValueError unless denominator > 0.
    """
    if denominator <= 0:
        raise ValueError("denominator must be positive")
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def share_of(amount_grosze: int, rate_bp: int) -> int:
    """`rate_bp` basis points of an amount, in grosze, rounded half away from zero."""
    return half_up(amount_grosze * rate_bp, WHOLE_BP)


def allocate(amount: int, weights: Sequence[int]) -> list[int]:
    """Divide `amount` (grosze) by `weights` (basis points) so that the parts sum exactly to it.

    Largest remainder; each part is within one grosz of exact; ties go to the larger weight, then
    to the earlier part, so allocate(-x) == -allocate(x). Equal weights may differ by one grosz by
    position: callers pass recipients in a canonical order (person id), which makes a permutation
    of recipients permute the results. Raises ValueError for a negative weight or a zero sum.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must be non-negative and not all zero")
    sign = -1 if amount < 0 else 1
    size = abs(amount)
    parts = [size * weight // total for weight in weights]
    rest = size - sum(parts)
    order = sorted(
        range(len(weights)),
        key=lambda i: (-(size * weights[i] % total), -weights[i], i),
    )
    for i in order[:rest]:
        parts[i] += 1
    return [sign * part for part in parts]
