"""When a reader of the journal tries again, and when it gives up."""

from datetime import timedelta

RETRIES = 8
LEASE = timedelta(minutes=5)
FIRST_PAUSE_SECONDS = 10


def pause_after(failures: int) -> timedelta | None:
    """How long to wait after so many failures in a row; None: give up (a dead letter).

    10 s, 20 s, 40 s ... 21 min: eight retries within three quarters of an hour.
    """
    if failures > RETRIES:
        return None
    return timedelta(seconds=FIRST_PAUSE_SECONDS * 2 ** (failures - 1))
