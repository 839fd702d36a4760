"""How time is noted: the chips, and what a timer measured. Pure."""

from datetime import datetime

from polecam.kit.money import half_up

CHIPS = (5, 15, 30, 60)
"""Minutes of one tap."""
LONGEST = 240
"""A timer that ran longer was forgotten: so much is noted, as told and not as measured."""
DAY_MINUTES = 1_440


def measured(started_at: datetime, stopped_at: datetime) -> tuple[int, bool]:
    """Minutes a timer ran, rounded, at least one; and whether that is a measurement."""
    seconds = max(0, int((stopped_at - started_at).total_seconds()))
    minutes = max(1, half_up(seconds, 60))
    return min(minutes, LONGEST), minutes <= LONGEST
