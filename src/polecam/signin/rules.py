"""What counts as a proof, how long a session may last, and who owes a second factor since when."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp

STEP = 30
"""Seconds for which one code of an authenticator app is shown (RFC 6238)."""
DRIFT = 1
"""Steps by which the clock of a telephone may be wrong, either way."""
HALF = timedelta(minutes=10)
"""How long a right password waits for the second proof."""
FRESH = timedelta(minutes=10)
"""For how long after a proof one may change what one signs in with."""
ANSWER = timedelta(minutes=5)
"""How long a challenge waits for a passkey."""
LONGEST = timedelta(days=14)
"""After that, every session ends, however busy."""
TOUCH = timedelta(minutes=5)
"""How often a session that is used notes that it is."""
CODES = 10
MOST_FACTORS = 10
KEPT = timedelta(days=365)
"""How long it stays written down who signed in."""
UNCONFIRMED = timedelta(days=1)
"""How long an app waits for its first code."""

TRIES: tuple[tuple[int, int], ...] = ((5, 600), (30, 86_400))
"""Wrong codes of one person: so many in so many seconds. By chance, one in 11 000 days is right."""
TRIES_FROM: tuple[tuple[int, int], ...] = ((30, 600),)
"""Wrong codes, passwords and passkeys from one address."""
TRIES_AS: tuple[tuple[int, int], ...] = ((10, 600),)
"""Wrong passwords for one address of mail."""


def step_of(secret: str, code: str, at: datetime, last: int) -> int | None:
    """The time step whose code this is, later than the `last` one taken; None for a wrong code.

    Looks at every step, whichever fits, so that the time it takes says nothing.
    """
    now, typed = int(at.timestamp()) // STEP, "".join(code.split())
    made = pyotp.TOTP(secret, interval=STEP)
    fits = [
        step
        for step in range(now - DRIFT, now + DRIFT + 1)
        if hmac.compare_digest(made.generate_otp(step).encode(), typed.encode()) and step > last
    ]
    return fits[-1] if fits else None


def opens_again(at: datetime, seconds: int) -> datetime:
    """When the window of `seconds` in which `at` lies is over (store.limits counts in windows)."""
    start = int(at.timestamp()) // seconds * seconds
    return datetime.fromtimestamp(start + seconds, at.tzinfo)


@dataclass(frozen=True, slots=True)
class Said:
    """One dated row of a setting of the firm."""

    key: str
    since: datetime
    value: int | bool | str | None


def in_force_since(rows: Iterable[Said]) -> dict[str, datetime]:
    """Keys whose last row says yes, and since when without a break. Rows come oldest first."""
    since: dict[str, datetime] = {}
    for row in rows:
        if row.value is True:
            since.setdefault(row.key, row.since)
        else:
            since.pop(row.key, None)
    return since


def due(
    held: Iterable[tuple[str, datetime]], demanded: dict[str, datetime], grace: timedelta
) -> datetime | None:
    """From when on a person without a second factor gets no further; None: never.

    `held`: roles with their beginning; `demanded`: roles that need one, and since when.
    """
    starts = [max(since, demanded[role]) for role, since in held if role in demanded]
    return min(starts) + grace if starts else None


def is_over(began: datetime, seen: datetime, idle: timedelta, at: datetime) -> bool:
    """Whether a session has ended by itself: too old, or unused for too long."""
    return at >= began + LONGEST or at >= seen + idle
