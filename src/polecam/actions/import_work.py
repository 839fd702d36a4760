"""One import at work: chunks short enough to let everybody else write in between."""

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import Any, Protocol

from django.db import IntegrityError, models

from polecam.actions.import_clients import ClientRows
from polecam.actions.import_moments import MomentRows
from polecam.actions.import_outcome import Outcome
from polecam.actions.import_referrals import ReferralRows
from polecam.imports import stage
from polecam.imports.models import Import, ImportKind, ImportState
from polecam.journal.record import record
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.store import statistics
from polecam.store.faults import point
from polecam.store.tx import action, lock

LEASE = timedelta(minutes=5)
CHUNK_SECONDS = 0.04
"""What the statements of a chunk aim at; with its commit it stays within the 100 ms allowed."""
FIRST_CHUNK, SMALLEST_CHUNK, LARGEST_CHUNK = 200, 150, 1000
AT_ONCE = 1000
"""Rows of before a stop that are heard again at a time."""
FIRST_GROWTH, GROWTH = 1000, 4
"""After so many rows the planner's statistics are refreshed, then after four times as many."""
PAUSE = 0.25
"""Part of a chunk's time for which the database is left to others before the next."""


class Rows(Protocol):
    """What knows one kind of rows."""

    job: Import
    at: datetime
    tables: tuple[type[models.Model], ...]

    def parse(self, line: int, cells: list[str]) -> Any:
        """One parsed row with `line` and `cells`; never raises."""

    def apply(self, rows: list[Any]) -> Outcome:
        """Write a chunk inside the caller's transaction."""


KINDS: dict[str, type] = {
    ImportKind.CLIENTS: ClientRows,
    ImportKind.REFERRALS: ReferralRows,
    ImportKind.MOMENTS: MomentRows,
}


class Stopped(Exception):
    """Somebody else took the import over, or it was cancelled."""


def _nothing() -> None:
    """What most kinds of rows remember."""


class Work:
    """An import between two chunks. Built anew, it goes on at `job.next_line`."""

    def __init__(self, job: Import, *, at: datetime) -> None:
        self.job, self.at = job, at
        self.started = job.options
        today: date = day_of(at, settings.zone())
        self.rows: Rows = KINDS[job.kind](job, at=at, today=today)
        self._remember()
        self._source: Iterator[stage.Row] = stage.rows(job.upload, after=job.next_line - 1)
        self._size = FIRST_CHUNK
        self._unknown, self._tell_planner_at = 0, FIRST_GROWTH
        self._next = self._parsed()

    def _remember(self) -> None:
        """Taken up again after a stop: let the rows before `next_line` be counted as said."""
        first = int(self.job.options.get("header", 1)) + 1
        if self.job.next_line <= first:
            return
        getattr(self.rows, "remember", _nothing)()
        recount = getattr(self.rows, "recount", None)
        if recount is None:
            return
        before = takewhile(
            lambda row: row[0] < self.job.next_line, stage.rows(self.job.upload, after=first - 1)
        )
        while rows := [self.rows.parse(line, cells) for line, cells in islice(before, AT_ONCE)]:
            recount(rows)

    def go_on(self, job: Import, *, at: datetime) -> None:
        """The next slice of the same import, in the same process."""
        self.job, self.at = job, at
        self.rows.job, self.rows.at = job, at

    @property
    def done(self) -> bool:
        """No row is left."""
        return not self._next

    def step(self) -> None:
        """Apply one chunk and leave the database to others for a while. Raises Stopped."""
        rows = self._next
        spent = self._apply(rows)
        point("imports.between_chunks", self.job.kind)
        self._count(len(rows))
        self._size = _fitting(len(rows), self._size, spent)
        started = time.monotonic()
        self._next = self._parsed()
        time.sleep(max(0.0, spent * PAUSE - (time.monotonic() - started)))

    def _count(self, rows: int) -> None:
        """Tell the planner about the growth, ever more rarely; rehearsals make nothing grow."""
        self._unknown += rows
        if self._unknown >= self._tell_planner_at and not self.job.dry_run:
            statistics.refresh(*self.rows.tables)
            self._tell_planner_at *= GROWTH

    def _parsed(self) -> list[Any]:
        return [self.rows.parse(line, cells) for line, cells in islice(self._source, self._size)]

    def _apply(self, rows: list[Any]) -> float:
        """Seconds of statements, without the commit. A chunk that collides is tried in halves."""
        try:
            return self._commit(rows)
        except IntegrityError:
            if len(rows) == 1:
                return self._commit([], refused=rows[0])
            half = len(rows) // 2
            return max(self._apply(rows[:half]), self._apply(rows[half:]))

    def _commit(self, rows: list[Any], *, refused: Any = None) -> float:
        with action():
            started = time.monotonic()
            job = lock(self.job)
            if job.state != ImportState.RUNNING or job.next_line != self.job.next_line:
                raise Stopped
            outcome = self.rows.apply(rows) if rows else Outcome()
            if refused is not None:
                outcome.reject(refused.line, "collides", "", refused.cells)
            outcome.add_to(job)
            outcome.keep_rejected(job)
            first = (rows[0] if rows else refused).line
            last = (rows[-1] if rows else refused).line
            point("imports.chunk", job.kind)
            job.next_line = last + 1
            job.leased_until = self.at + LEASE
            job.save(
                update_fields=[
                    "created", "updated", "unchanged", "rejected", "repeated", "next_line",
                    "leased_until",
                ]
            )  # fmt: skip
            if not job.dry_run:
                _tell(job, outcome, first, last, at=self.at)
            spent = time.monotonic() - started
        self.job = job
        self.rows.job = job
        return spent


def _tell(job: Import, outcome: Outcome, first: int, last: int, *, at: datetime) -> None:
    """One event a chunk (docs/adr: a hundred thousand rows are not a hundred thousand events)."""
    data = {
        "first_line": first,
        "last_line": last,
        "created": outcome.created,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "rejected": len(outcome.rejected),
    }
    record("import.applied", job, by=job.by, at=at, branch=job.branch_id, data=data)


def _fitting(rows: int, size: int, spent: float) -> int:
    """The next chunk: as many rows as CHUNK_SECONDS should take, changing gently."""
    ideal = rows * CHUNK_SECONDS / max(spent, 0.001)
    return int(min(max(ideal, size / 2, SMALLEST_CHUNK), size * 1.25, LARGEST_CHUNK))
