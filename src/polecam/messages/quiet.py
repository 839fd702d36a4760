"""Quiet hours: nobody is written to at night, unless they asked for it this very hour."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from polecam.messages.texts import CONFIRM, CONFIRMED
from polecam.messages.texts_signin import NEW_DEVICE, SIGN_IN

PASSWORD, TEST, ROOTS = "password", "test", "roots"
ASKED_FOR = frozenset({CONFIRM, CONFIRMED, PASSWORD, TEST, NEW_DEVICE, SIGN_IN})
"""Answers to what the person has just done: to confirm a channel, its thank-you, a new password, an
admin's own test, a change of how they sign in (if it was not them, they must know at once)."""
ASKED_WITHIN = timedelta(hours=1)
"""After that nobody sits and waits for it any more, and it can wait for the morning, too."""
BY_NIGHT = frozenset({ROOTS})
"""The day's root goes out as soon as it is sealed: what leaves the house late proves less."""


def next_moment(at: datetime, zone: str, quiet_from: int, quiet_until: int) -> datetime:
    """`at` itself, or, inside the quiet hours of `zone`, the morning's end of them (UTC).

    Hours are the wall clock's, so a night in which the clock changes is as quiet as any other.
    """
    local = at.astimezone(ZoneInfo(zone))
    if quiet_until <= local.hour < quiet_from:
        return at
    day = local.date() if local.hour < quiet_until else local.date() + timedelta(days=1)
    return datetime.combine(day, time(quiet_until), ZoneInfo(zone)).astimezone(UTC)


def is_exempt(kind: str, created_at: datetime, at: datetime) -> bool:
    """Whether a message of `kind` may go at any hour."""
    return kind in BY_NIGHT or (kind in ASKED_FOR and at - created_at <= ASKED_WITHIN)
