"""What is done once a day, soon after midnight in the organisation's zone. Every job may run twice.

A job is `(name, function of at)`; a failing job never stops the others and is tried again.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from importlib import import_module

from polecam.actions import journal
from polecam.journal.models import Cursor
from polecam.kit.periods import day_of
from polecam.organisation.models import Organisation
from polecam.store.faults import point

PREFIX = "daily:"
log = logging.getLogger(__name__)


def later(place: str) -> Callable[[datetime], object]:
    """An action by its name, imported when it runs: a daily job costs a starting web process
    nothing."""

    def call(at: datetime) -> object:
        module, _dot, name = place.rpartition(".")
        return getattr(import_module(f"polecam.actions.{module}"), name)(at=at)

    return call


JOBS: list[tuple[str, Callable[[datetime], object]]] = [
    ("expire", later("privacy.expire_due")),
    ("remind-claims", later("claim_reminders.remind_due")),
    ("stayed", later("retained_facts.credit_due")),
    ("vest", later("bonuses.vest_due")),
    ("pool", later("pool.flow_due")),
    ("pulse", later("pulse.ask_due")),
    ("pulse-alerts", later("pulse_alerts.raise_due")),
    ("retain", later("retention.retain_due")),
    ("dates", later("date_moments.note_due")),
    ("bonus-run", later("bonuses.nightly")),
    ("forget", later("upkeep.forget_old")),
    ("forget-files", later("imports.forget_due")),
    ("matches", later("comparing.compare_all")),
    ("seal", later("journal.seal_due")),
    ("roots", later("roots.send_due")),
    ("backup", later("keeping.back_up_due")),
    ("old-copies", later("keeping.forget_due")),
]

ERASING = frozenset({"expire", "forget", "forget-files", "old-copies"})
"""What no later hour brings back: it waits where the clock may be wrong (worker.trust)."""


def run_due(at: datetime, *, worker: str, strict: bool = False, erasing: bool = True) -> int:
    """Run the jobs not yet done on the organisation's day of `at`; how many ran.

    A clock that was put right by more than a day makes the day a new one: jobs may run twice.
    """
    firm = Organisation.objects.first()
    if firm is None:
        return 0
    today = day_of(at, firm.zone).toordinal()
    done = dict(
        Cursor.objects.filter(reader__startswith=PREFIX).values_list("reader", "last_event_id")
    )
    jobs = [(name, job) for name, job in JOBS if erasing or name not in ERASING]
    due = [(name, job) for name, job in jobs if not _is_done(done.get(PREFIX + name, 0), today)]
    return sum(_run(name, job, today, at, worker, strict=strict) for name, job in due)


def _is_done(last: int, today: int) -> bool:
    """Two machines need not agree on midnight, so tomorrow's run will do for today."""
    return today <= last <= today + 1


def _run(
    name: str,
    job: Callable[[datetime], object],
    today: int,
    at: datetime,
    worker: str,
    *,
    strict: bool,
) -> bool:
    cursor = journal.take_lease(reader=PREFIX + name, worker=worker, at=at)
    if cursor is None:
        return False
    if _is_done(cursor.last_event_id, today):
        journal.give_back(cursor=cursor)
        return False
    try:
        point("daily.before", name)
        job(at)
        point("daily.done", name)
    except Exception as error:
        if strict:
            journal.give_back(cursor=cursor)
            raise
        log.warning("daily job %s failed: %s", name, type(error).__name__)
        journal.note_failure(cursor=cursor, event=None, error=type(error).__name__, at=at)
        return False
    journal.advance(cursor=cursor, txid=0, event_id=today, at=at)
    journal.give_back(cursor=cursor)
    return True
