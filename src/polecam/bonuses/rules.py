"""The arithmetic of a bonus, pure: who gets which part of what. bonuses.engine does it in SQL."""

from collections.abc import Mapping
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


def whole_of(base_grosze: int, amount_grosze: int, rate_bp: int) -> int:
    """What a component gives for a whole fact: its fixed amount, or its rate of the base."""
    return money.share_of(base_grosze, rate_bp) if rate_bp else amount_grosze


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
