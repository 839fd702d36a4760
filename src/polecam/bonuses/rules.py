"""The arithmetic of a bonus, pure: who gets which part of what. bonuses.engine does it in SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from polecam.kit import money, periods


@dataclass(frozen=True)
class Slice:
    """One seller's place in the whole, in basis points."""

    person_id: int
    offset_bp: int
    share_bp: int


def slices(shares_bp: Mapping[int, int]) -> list[Slice]:
    """Shares (person id -> basis points) laid end to end, in the order of person ids.

    Raises ValueError unless they sum to 10,000.
    """
    if sum(shares_bp.values()) != money.WHOLE_BP:
        raise ValueError("shares of a referral sum to 10,000 basis points")
    laid, offset = [], 0
    for person_id in sorted(shares_bp):
        laid.append(Slice(person_id, offset, shares_bp[person_id]))
        offset += shares_bp[person_id]
    return laid


def whole_of(base_grosze: int, amount_grosze: int, rate_bp: int, floor_grosze: int = 0) -> int:
    """What a flat component gives for a whole fact: its fixed amount, or its rate of the base; at
    least the floor."""
    given = money.share_of(base_grosze, rate_bp) if rate_bp else amount_grosze
    return max(given, floor_grosze)


@dataclass(frozen=True)
class Row:
    """A band: from `lower` until `upper` units (half-open; None: no end), each paid `weight`.

    Units are basis points of one for a count and grosze for a sum; a weight is what a whole one
    brings in grosze, or a rate in basis points: either way `units x weight / 10,000` grosze.
    """

    lower: int
    upper: int | None
    weight: int


LARGEST = 10**18
"""No number of the engine may grow beyond this; 64 bits hold nine times as much."""


def within_bounds(rows: Sequence[Row]) -> bool:
    """Whether the engine's 64-bit sums hold for a table of bands; publishing requires it.

    Then no product of the compiled statement exceeds 9 x 10^18 as long as a seller's month measures
    at most 9 x 10^14 units (nine thousand billion zloty) and 9 x 10^18 / (its heaviest weight).
    """
    reached = max((max(row.lower, row.upper or 0) for row in rows), default=0)
    heaviest = max((row.weight for row in rows), default=0)
    return reached <= LARGEST // 10_000 and reached * heaviest <= LARGEST


def tier(rows: Sequence[Row], units: int, *, whole: bool = False, factor_bp: int = 10_000) -> int:
    """What `units` of a month bring by a table of bands, before any cap, in grosze.

    Each unit by the band it falls in; `whole`: all by the band that their sum reached. Part of full
    time (`factor_bp`) moves the borders: k x F(units / k), exact, then rounded once.
    """
    at, exact = money.WHOLE_BP * units, 0
    for row in rows:
        start = row.lower * factor_bp
        end = None if row.upper is None else row.upper * factor_bp
        if whole:
            if start <= at and (end is None or at < end):
                exact = row.weight * at
        else:
            exact += row.weight * max(0, (at if end is None else min(at, end)) - start)
    return money.half_up(exact, money.WHOLE_BP**2)


def scaled(amount_grosze: int, factor_bp: int) -> int:
    """A cap, a guarantee or an advance of a month for part of full time."""
    return money.share_of(amount_grosze, factor_bp)


def lands_in(confirmed_at: datetime, recorded_at: datetime, zone: str) -> str:
    """The month (`YYYY-MM`) a fact is counted in: that of its confirmation; recorded only after
    that month ended, the month open at the recording. A past month never changes."""
    return periods.month_of(max(confirmed_at, recorded_at), zone)


def vests_at(confirmed_at: datetime, hold_days: int) -> datetime:
    """The end of the hold."""
    return confirmed_at + timedelta(days=hold_days)


def may_claw_back(confirmed_at: datetime, clawback_days: int, at: datetime) -> bool:
    """Whether a paid amount may still be asked back at `at`."""
    return at < confirmed_at + timedelta(days=clawback_days)
