"""When a reader of the journal tries again, and when it gives up."""

from datetime import datetime, timedelta

RETRIES = 8
LEASE = timedelta(minutes=5)
FIRST_PAUSE_SECONDS = 10
LONGEST_WAIT = timedelta(days=2)
"""Nothing that waits for its next try waits longer by itself (docs/adr/0039)."""


def pause_after(failures: int) -> timedelta | None:
    """How long to wait after so many failures in a row; None: give up (a dead letter).

    10 s, 20 s, 40 s ... 21 min: eight retries within three quarters of an hour.
    """
    if failures > RETRIES:
        return None
    return timedelta(seconds=FIRST_PAUSE_SECONDS * 2 ** (failures - 1))


def holds(until: datetime | None, at: datetime, most: timedelta) -> bool:
    """Whether a lease or a pause until then holds at `at`.

    One that ends further ahead than `most`, the longest there is, was set under a clock that ran
    ahead and was put right since: nobody waits for it.
    """
    return until is not None and at < until <= at + most
