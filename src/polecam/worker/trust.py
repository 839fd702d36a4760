"""Whether the machine's clock can be believed: what ends by time waits where it cannot.

Two clocks are compared: the one people set (and NTP corrects), and the one that counts the seconds
since the machine started, which nobody sets. Where the first ran ahead of the second, everything
that ends by time waits until it is put right, or has stood so for a day. A worker that begins after
more than a day of silence cannot compare: it does all but what is erased for ever, for a day.

An admin who knows that the clock is right starts the worker again (docs/adr/0039).
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum

JUMP = timedelta(hours=1)
"""Smaller ones are put right many times a day somewhere, and end nothing much too early."""
SILENCE = BELIEVED_AFTER = timedelta(days=1)
log = logging.getLogger(__name__)


class Trust(Enum):
    """What may be done at this hour."""

    FULL = "full"
    NOT_ERASING = "not_erasing"
    NONE = "none"


def _since_start() -> float:
    """Seconds since the machine started, with those it slept; never set by anybody."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Clock:
    """Looks at the clock as often as it is asked."""

    def __init__(
        self, last_seen: datetime | None, since_start: Callable[[], float] = _since_start
    ) -> None:
        """`last_seen`: when a worker was last alive, if ever."""
        self._last_seen, self._since_start = last_seen, since_start
        self._known: tuple[datetime, float] | None = None
        self._jumped: float | None = None
        self._erasing_from: datetime | None = None

    def look(self, at: datetime) -> Trust:
        """What the clock is good for, which says `at`."""
        seconds = self._since_start()
        if self._known is None:
            self._begin(at)
        elif self._ahead(at, seconds):
            return Trust.NONE
        self._known, self._jumped = (at, seconds), None
        erasing = self._erasing_from is None or at >= self._erasing_from
        return Trust.FULL if erasing else Trust.NOT_ERASING

    def _begin(self, at: datetime) -> None:
        if self._last_seen is not None and at - self._last_seen > SILENCE:
            self._erasing_from = at + BELIEVED_AFTER
            log.warning("no worker was alive for more than a day: erasing begins in a day")

    def _ahead(self, at: datetime, seconds: float) -> bool:
        """Whether it jumped ahead of what is known, and has not stood so for a day."""
        if self._known is None or at - self._known[0] <= JUMP + timedelta(
            seconds=seconds - self._known[1]
        ):
            return False
        if self._jumped is None:
            self._jumped = seconds
            log.warning("the clock jumped ahead: what ends by time waits")
        return seconds - self._jumped < BELIEVED_AFTER.total_seconds()
