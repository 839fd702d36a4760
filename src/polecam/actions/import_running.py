"""Working off waiting imports: one at a time, leased, in slices of seconds."""

import gc
import logging
import time
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q

from polecam.actions.import_work import LEASE, Stopped, Work
from polecam.imports.models import Import, ImportState
from polecam.imports.subject import forget_file
from polecam.journal.record import record
from polecam.journal.rules import holds
from polecam.store.crypto import Unreadable
from polecam.store.faults import point
from polecam.store.tx import action, lock

log = logging.getLogger(__name__)
MOST_FAILURES = 3


def work_off(at: datetime, seconds: float) -> bool:
    """Go on with the oldest waiting import for some seconds; whether there was one."""
    job = _take(at)
    if job is None:
        return False
    point("imports.leased", job.kind)
    run(job, at=at, seconds=seconds)
    return True


def run(job: Import, *, at: datetime, seconds: float) -> Import:
    """Work at a leased import until it is done or `seconds` have passed. Never raises.

    A failure is tried again from the last chunk that was written, three times.
    """
    _spare_the_collector()
    try:
        work = _resumed(job, at)
        until = time.monotonic() + seconds
        while not work.done and time.monotonic() < until:
            work.step()
        return _finish(work, at) if work.done else _pause(work)
    except Stopped:
        _forget_work()
        return Import.objects.get(pk=job.pk)
    except (FileNotFoundError, Unreadable):
        return _fail(job, at, "source_gone", final=True)
    except Exception as error:
        log.warning("import %s: %s", job.public_id, type(error).__name__)
        return _fail(job, at, "stopped", final=False)


@cache
def _spare_the_collector() -> None:
    """Once a process: a full collection walks all of Django, 80 ms in the middle of a chunk."""
    gc.collect()
    gc.freeze()


_work: dict[int, Work] = {}
"""The import this process is at, between two slices: its place in the file, what was told."""


def _resumed(job: Import, at: datetime) -> Work:
    work = _work.pop(job.pk, None)
    if work is None or work.job.next_line != job.next_line or work.started != job.options:
        return Work(job, at=at)
    work.go_on(job, at=at)
    return work


def _forget_work() -> None:
    _work.clear()


def _take(at: datetime) -> Import | None:
    """Lease the oldest import that waits, or whose worker died."""
    waiting = Q(state=ImportState.QUEUED) | (
        Q(state=ImportState.RUNNING)
        & (Q(leased_until=None) | Q(leased_until__lte=at) | Q(leased_until__gt=at + 2 * LEASE))
    )
    if not Import.objects.filter(waiting).exists():
        return None
    with action():
        job = (
            Import.objects.filter(waiting)
            .select_for_update(of=("self",), no_key=True, skip_locked=True)
            .order_by("id")
            .first()
        )
        return _lease(job, at) if job else None


def work_at(*, job: Import, at: datetime, seconds: float) -> bool:
    """Go on with this very import (the command line); False when a worker holds it."""
    with action():
        job = lock(job)
        held = holds(job.leased_until, at, 2 * LEASE)
        if job.state not in (ImportState.QUEUED, ImportState.RUNNING) or held:
            return False
        job = _lease(job, at)
    run(job, at=at, seconds=seconds)
    return True


def _lease(job: Import, at: datetime) -> Import:
    job.state, job.leased_until = ImportState.RUNNING, at + LEASE
    job.save(update_fields=["state", "leased_until"])
    return job


def _pause(work: Work) -> Import:
    _forget_work()
    _work[work.job.pk] = work
    Import.objects.filter(pk=work.job.pk, state=ImportState.RUNNING).update(leased_until=None)
    return work.job


def _finish(work: Work, at: datetime) -> Import:
    with action():
        job = lock(work.job)
        if job.state != ImportState.RUNNING:
            return job
        end(job, ImportState.DONE, at=at)
        if not job.dry_run:
            forget_file(job, at=at)
    return job


def _fail(job: Import, at: datetime, problem: str, *, final: bool) -> Import:
    _forget_work()
    with action():
        job = lock(job)
        failures = int(job.options.get("failures", 0)) + 1
        job.options = {**job.options, "failures": failures}
        job.leased_until = None
        job.save(update_fields=["options", "leased_until"])
        if final or failures >= MOST_FAILURES:
            end(job, ImportState.FAILED, at=at, problem=problem)
    return job


def end(job: Import, state: str, *, at: datetime, problem: str = "") -> None:
    """Inner step: close a locked import and tell the journal."""
    job.state, job.problem, job.finished_at, job.leased_until = state, problem, at, None
    job.save(update_fields=["state", "problem", "finished_at", "leased_until"])
    data: dict[str, Any] = {
        "state": str(state),
        "dry_run": job.dry_run,
        "created": job.created,
        "updated": job.updated,
        "unchanged": job.unchanged,
        "rejected": job.rejected,
    }
    record("import.finished", job, by=job.by, at=at, branch=job.branch_id, data=data)
