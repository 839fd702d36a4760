"""When a message is tried again, and when it is given up."""

from datetime import timedelta

LEASE = timedelta(minutes=5)
"""Whoever sends a message has it alone for so long; one try takes half a minute at most."""
PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 4 * 60, 8 * 60, 12 * 60)
)
MOST_TRIES = len(PAUSES) + 1
"""Eight tries, the last of them 26 and a half hours after the first."""


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries; None: give it up, and show it to the admin."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None
