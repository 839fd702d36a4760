"""What ends at an hour, not at midnight: offers, deadlines, reminders. Looked at every minute.

A job is a function of `at` that does whatever is due, each thing in its own short transaction and
harmless when done twice. A failing job never stops the others.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from polecam.organisation.models import Organisation
from polecam.store.faults import point
from polecam.worker import feeding
from polecam.worker.daily import later

EVERY = timedelta(minutes=1)
log = logging.getLogger(__name__)

JOBS: list[tuple[str, Callable[[datetime], object]]] = [
    ("claims", later("claims.expire_due")),
    ("moves", later("moves.carry_out_due")),
    ("departures", later("departures.carry_out_due")),
    ("handoffs", later("handoff_answers.expire_due")),
    ("absences", later("absences.keep_up")),
    ("disputes", later("dispute_times.run_due")),
    ("proposals", later("proposals.close_due")),
    ("feeds", feeding.run_due),
    ("reminders", later("reminders.remind_due")),
]
_last: dict[str, datetime] = {}


def run_due(at: datetime, *, strict: bool = False) -> int:
    """Run every job whose minute has come, in this process; how many ran. Nothing is due before
    there is a firm."""
    due = [(name, job) for name, job in JOBS if not _ran_lately(name, at)]
    if not due or not Organisation.objects.exists():
        return 0
    ran = 0
    for name, job in due:
        _last[name] = at
        ran += 1
        try:
            point("timely.before", name)
            job(at)
            point("timely.done", name)
        except Exception as error:
            if strict:
                raise
            log.warning("timely job %s failed: %s", name, type(error).__name__)
    return ran


def _ran_lately(name: str, at: datetime) -> bool:
    """Within the last minute, unless the clock was set back since."""
    return name in _last and _last[name] <= at < _last[name] + EVERY
