"""Sealing the journal's days, and the book-keeping of its readers."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Max

from polecam.journal.models import Cursor, DeadLetter, Event, Seal
from polecam.journal.proof import root, seal_digest
from polecam.journal.record import record
from polecam.journal.rules import LEASE, LONGEST_WAIT, holds, pause_after
from polecam.journal.seals import leaves_between, pack
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation.models import Organisation
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store import tx
from polecam.store.faults import point


def seal_due(*, at: datetime) -> list[Seal]:
    """Seal every day of the journal that is over in the organisation's zone; the new seals.

    Idempotent. Each day is a transaction of its own; days without an event are sealed as well,
    so that a missing day shows.
    """
    firm = Organisation.objects.first()
    if firm is None:
        return []
    made: list[Seal] = []
    while True:
        with tx.action():
            day = _next_day(firm, at)
            if day is None:
                return made
            made.append(_seal(day, firm.zone, at))


def take_lease(*, reader: str, worker: str, at: datetime) -> Cursor | None:
    """The reader's cursor, leased to `worker` for 5 minutes; None while another worker reads or
    the reader waits after a failure."""
    with tx.action():
        Cursor.objects.get_or_create(reader=reader)
        cursor = Cursor.objects.select_for_update(no_key=True).get(reader=reader)
        others = cursor.leased_by != worker and holds(cursor.leased_until, at, 2 * LEASE)
        if others or holds(cursor.retry_at, at, LONGEST_WAIT):
            return None
        cursor.leased_until, cursor.leased_by = at + LEASE, worker
        point("journal.lease", reader)
        cursor.save(update_fields=["leased_until", "leased_by"])
        return cursor


def give_back(*, cursor: Cursor) -> None:
    """End the lease early, so that any worker may go on."""
    point("journal.give_back", cursor.reader)
    Cursor.objects.filter(pk=cursor.pk, leased_by=cursor.leased_by).update(
        leased_until=None, leased_by=""
    )


def advance(*, cursor: Cursor, txid: int, event_id: int, at: datetime) -> bool:
    """The reader is done up to and with this event. False: the lease was lost meanwhile, stop."""
    point("journal.advance", cursor.reader)
    done = Cursor.objects.filter(pk=cursor.pk, leased_by=cursor.leased_by).update(
        last_txid=txid,
        last_event_id=event_id,
        failures=0,
        retry_at=None,
        leased_until=at + LEASE,
    )
    return bool(done)


def note_failure(*, cursor: Cursor, event: Event | None, error: str, at: datetime) -> None:
    """The reader failed (at `event`): try again later; after 8 retries put it aside and go on."""
    with tx.action():
        cursor = tx.lock(cursor)
        pause = pause_after(cursor.failures + 1)
        if pause is None and event is not None:
            DeadLetter.objects.get_or_create(
                reader=cursor.reader,
                event_id=event.pk,
                defaults={"error": error[:80], "at": at},
            )
            cursor.last_txid, cursor.last_event_id = event.txid, event.pk
            cursor.failures, cursor.retry_at = 0, None
        else:
            cursor.failures = cursor.failures + 1 if pause else cursor.failures
            cursor.retry_at = at + (pause or timedelta(hours=1))
        cursor.leased_until, cursor.leased_by = None, ""
        cursor.save()


def try_again(*, by: Person | None, at: datetime, letter: DeadLetter) -> None:
    """An admin asks the worker to try once more what it put aside."""
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        DeadLetter.objects.filter(pk=letter.pk, again_at=None).update(again_at=at)


def try_all_again(*, by: Person | None, at: datetime) -> int:
    """The same for everything that was put aside; how much that is."""
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        return DeadLetter.objects.filter(again_at=None).update(again_at=at)


def forget_letter(*, by: Person | None, at: datetime, letter: DeadLetter) -> None:
    """Nothing more is to come of what was put aside: off the list; the journal says it was there.

    Does nothing when it is gone already.
    """
    with tx.action():
        require(by, Permission.MANAGE_SETTINGS)
        gone, _each = DeadLetter.objects.filter(pk=letter.pk).delete()
        if gone:
            firm = Organisation.objects.get()
            data = {"reader": letter.reader, "event": letter.event_id}
            record("letter.forgotten", firm, by=by, at=at, data=data)


def settle(*, letter: DeadLetter, error: str = "", at: datetime) -> None:
    """One more try was made: forget the letter, or keep it with what went wrong this time."""
    with tx.action():
        if error:
            DeadLetter.objects.filter(pk=letter.pk).update(error=error[:80], at=at, again_at=None)
        else:
            DeadLetter.objects.filter(pk=letter.pk).delete()


def _next_day(firm: Organisation, at: datetime) -> date | None:
    """The day to seal next, if it is over. Holds the journal still until the transaction ends."""
    _hold_still()
    last = Seal.objects.aggregate(day=Max("day"))["day"]
    first = Event.objects.order_by("pk").values_list("recorded_at", flat=True).first()
    begins = min(firm.created_at, first or firm.created_at)
    day = last + timedelta(days=1) if last else day_of(begins, firm.zone)
    return day if day_bounds(day, firm.zone)[1] <= at else None


def _seal(day: date, zone: str, at: datetime) -> Seal:
    before = Seal.objects.order_by("-day").first()
    first = before.last_event_id + 1 if before else 1
    newest = Event.objects.filter(
        pk__gte=first, recorded_at__lt=day_bounds(day, zone)[1]
    ).aggregate(last=Max("pk"))["last"]
    last = newest or first - 1
    leaves = list(leaves_between(first, last))
    root_hex = root([digest for _ident, digest in leaves]).hex()
    previous = before.digest if before else ""
    return Seal.objects.create(
        day=day,
        first_event_id=first,
        last_event_id=last,
        events=len(leaves),
        root=root_hex,
        previous=previous,
        digest=seal_digest(day, first, last, len(leaves), root_hex, previous),
        leaves=pack(leaves),
        sealed_at=at,
    )


def _hold_still() -> None:
    """Wait until every writer of the journal has committed, and keep new ones waiting.

    Whoever got an id of the journal holds a lock on the table until the commit, so behind this
    lock no lower id can appear any more. SQLite's write lock does the same. Waits two seconds at
    most: new writers queue behind this lock, and the night's job simply tries again.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            cursor.execute("LOCK TABLE journal_event IN SHARE ROW EXCLUSIVE MODE")
