"""How long exclusivity lasts. Pure."""

from datetime import datetime, timedelta


def until(since: datetime, exclusivity_days: int) -> datetime:
    """End (exclusive) of a claim made at `since`; days are 24 hours."""
    return since + timedelta(days=exclusivity_days)


def secured(current_until: datetime, reached_at: datetime, secures_days: int) -> datetime:
    """A contact that reached the prospect secures at least `secures_days` more (domain.md)."""
    return max(current_until, reached_at + timedelta(days=secures_days))
