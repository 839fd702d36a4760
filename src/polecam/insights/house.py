"""How the house itself is doing: what runs by itself, how far behind, what somebody must look at.

Counts and names of jobs only; nothing of anybody's.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, QuerySet

from polecam.imports.models import Import, ImportState
from polecam.journal.models import Cursor, DeadLetter, Event, Seal
from polecam.keeping.models import Backup
from polecam.messages.models import Message, MessageState
from polecam.organisation.tree import today
from polecam.store.beats import DOUBTS, WORKER, last_beats

DAILY = "daily:"
LATE = timedelta(minutes=2)
"""A worker that showed no life for so long stands still: it looks after everything each second."""
OLD_COPY = timedelta(hours=36)
"""The nightly copy and half a day of patience."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader of the journal: how many entries lie before it, and whether it failed lately."""

    name: str
    behind: int
    failures: int
    retry_at: datetime | None


@dataclass(frozen=True, slots=True)
class Job:
    """One daily job: the firm's day it was last done on, and whether it failed since."""

    name: str
    done_on: date | None
    failures: int
    retry_at: datetime | None


@dataclass(frozen=True, slots=True)
class House:
    """Everything at one moment."""

    at: datetime
    worker_seen_at: datetime | None
    doubted_at: datetime | None
    """When a worker last held something back, because it did not believe the machine's clock."""
    events: int
    readers: list[Reader] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    put_aside: int = 0
    messages: dict[str, int] = field(default_factory=dict)
    imports: dict[str, int] = field(default_factory=dict)
    sealed_on: date | None = None
    copy: Backup | None = None

    @property
    def worker_late(self) -> bool:
        """Whether nobody does what the house does by itself."""
        return self.worker_seen_at is None or self.at - self.worker_seen_at > LATE

    @property
    def clock_doubted(self) -> bool:
        """Whether what ends by time waits, until the clock is put right or has stood for a day."""
        return self.doubted_at is not None and self.at - self.doubted_at <= LATE

    @property
    def copy_late(self) -> bool:
        """Whether the last whole copy is older than a night and half a day, or there is none."""
        return self.copy is None or self.at - self.copy.began_at > OLD_COPY

    @property
    def jobs_late(self) -> list[Job]:
        """Daily jobs that failed, or were not done for two days."""
        yesterday = today(self.at) - timedelta(days=1)
        return [job for job in self.jobs if job.failures or (job.done_on or date.min) < yesterday]

    @property
    def readers_late(self) -> list[Reader]:
        """Readers that failed at their next entry and wait."""
        return [reader for reader in self.readers if reader.failures]


def house(at: datetime) -> House:
    """How it is at `at`. Seven short queries."""
    newest = Event.objects.aggregate(last=Max("id"))["last"] or 0
    alive = last_beats()
    cursors = list(Cursor.objects.order_by("reader"))
    return House(
        at=at,
        worker_seen_at=alive.get(WORKER),
        doubted_at=alive.get(DOUBTS),
        events=newest,
        readers=[_reader(row, newest) for row in cursors if not row.reader.startswith(DAILY)],
        jobs=[_job(row) for row in cursors if row.reader.startswith(DAILY)],
        put_aside=DeadLetter.objects.count(),
        messages=_by_state(Message.objects.filter(state__in=_OPEN_MESSAGES)),
        imports=_by_state(Import.objects.filter(state__in=_OPEN_IMPORTS)),
        sealed_on=Seal.objects.aggregate(last=Max("day"))["last"],
        copy=Backup.objects.filter(problem="", removed_at=None)
        .exclude(ended_at=None)
        .order_by("-began_at")
        .first(),
    )


_OPEN_MESSAGES = (MessageState.WAITING, MessageState.SENDING, MessageState.UNSURE)
_OPEN_IMPORTS = (ImportState.QUEUED, ImportState.RUNNING)


def _by_state(rows: QuerySet[Message] | QuerySet[Import]) -> dict[str, int]:
    return dict(rows.order_by().values_list("state").annotate(n=Count("id")))


def _reader(row: Cursor, newest: int) -> Reader:
    return Reader(row.reader, max(0, newest - row.last_event_id), row.failures, row.retry_at)


def _job(row: Cursor) -> Job:
    done_on = date.fromordinal(row.last_event_id) if row.last_event_id else None
    return Job(row.reader.removeprefix(DAILY), done_on, row.failures, row.retry_at)
