"""Reads the journal and does the manners: messages, imports, daily jobs.

`drain(at)` does all of it at once: tests and the demo call it instead of waiting for the loop.
"""

from datetime import datetime


def drain(at: datetime, *, daily: bool = False) -> int:
    """Let every reader handle every committed event as of `at`; how many events were handled.

    A reader's error is raised, not retried. `daily` runs the daily jobs as well.
    """
    from polecam.worker.loop import drain_all

    return drain_all(at, daily_too=daily)
