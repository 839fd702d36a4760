"""Reads of the journal: in the order in which no row can appear before an already read one."""

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from polecam.journal.models import Cursor, DeadLetter, Event, Seal

# A transaction that is still open may hold a lower id than one already committed, so PostgreSQL's
# readers go by transaction number and stop before the oldest open one. Open ones of other
# databases of the server are known by their locks and wait for nobody here. Own writes are seen.
HORIZON = """
COALESCE(
  (SELECT MIN(open.txid::text::bigint) FROM pg_snapshot_xip(pg_current_snapshot()) AS open (txid)
   WHERE NOT EXISTS (
     SELECT 1 FROM pg_locks held JOIN pg_stat_activity backend ON backend.pid = held.pid
     WHERE held.locktype = 'transactionid' AND held.mode = 'ExclusiveLock' AND held.granted
       AND held.transactionid::text::bigint = open.txid::text::bigint & 4294967295
       AND backend.datname <> current_database())),
  pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
"""
SETTLED = f"(journal_event.txid < {HORIZON} OR journal_event.txid = txid_current_if_assigned())"
AFTER = "(journal_event.txid, journal_event.id) > (%s, %s)"


def after(txid: int, event_id: int) -> QuerySet[Event]:
    """Events after (txid, id) in reading order, settled or not."""
    condition = RawSQL(AFTER, [txid, event_id], output_field=BooleanField())  # noqa: S611 - fixed text
    return Event.objects.filter(condition).order_by("txid", "id")


def settled(events: QuerySet[Event]) -> QuerySet[Event]:
    """Those of `events` that no open transaction can still precede."""
    if connection.vendor != "postgresql":
        return events
    return events.filter(RawSQL(SETTLED, [], output_field=BooleanField()))  # noqa: S611 - fixed text


def unread(cursor: Cursor, limit: int) -> list[Event]:
    """The next settled events of a reader, at most `limit`."""
    return list(settled(after(cursor.last_txid, cursor.last_event_id))[:limit])


def has_unsettled() -> bool:
    """Whether committed events still wait for an older open transaction (PostgreSQL only)."""
    if connection.vendor != "postgresql":
        return False
    condition = RawSQL(f"NOT {SETTLED}", [], output_field=BooleanField())  # noqa: S611 - fixed text
    return Event.objects.filter(condition).exists()


def seals() -> QuerySet[Seal]:
    """All seals, newest first, without their leaves. They carry no personal data."""
    return Seal.objects.defer("leaves").order_by("-day")


def of_subject(subject_type: str, public_id: str) -> QuerySet[Event]:
    """The life of one thing, oldest first. The caller has checked that its reader may see it."""
    return Event.objects.filter(subject_type=subject_type, subject=public_id).order_by("id")


def dead_letters() -> QuerySet[DeadLetter]:
    """What the worker gave up on, newest first; ids and names of errors only."""
    return DeadLetter.objects.order_by("-at", "-id")
