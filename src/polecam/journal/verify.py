"""Proof of the journal: seals recomputed from the events, the chain, the days, what is unsealed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count, Max

from polecam.journal.models import Event, Seal
from polecam.journal.proof import root, seal_digest
from polecam.journal.seals import leaves_between, unpack
from polecam.kit.periods import day_bounds

LATE = timedelta(days=2)
"""A day that is over this long and still not sealed is a problem (the worker does not run)."""


def counts() -> tuple[int, int, int]:
    """(seals, sealed events, events not sealed yet)."""
    sealed = Seal.objects.aggregate(n=Count("pk"), last=Max("last_event_id"))
    last = sealed["last"] or 0
    events = Event.objects.count()
    unsealed = Event.objects.filter(pk__gt=last).count()
    return sealed["n"], events - unsealed, unsealed


def problems(zone: str, at: datetime) -> Iterator[str]:
    """Every contradiction between events and seals, first things first; nothing when all holds."""
    before: Seal | None = None
    for seal in Seal.objects.order_by("id").iterator(chunk_size=8):
        yield from _chain(seal, before)
        yield from _day(seal)
        before = seal
    yield from _tail(before, zone, at)


def _chain(seal: Seal, before: Seal | None) -> Iterator[str]:
    digest = seal_digest(
        seal.day,
        seal.first_event_id,
        seal.last_event_id,
        seal.events,
        seal.root,
        seal.previous,
    )
    if digest != seal.digest:
        yield f"seal of {seal.day}: it was changed after sealing (its digest differs)"
    if seal.previous != (before.digest if before else ""):
        yield f"seal of {seal.day}: it does not follow the seal before it"
    if before and seal.first_event_id != before.last_event_id + 1:
        yield f"seal of {seal.day}: it begins at event {seal.first_event_id}, a gap before it"
    if before and seal.day != before.day + timedelta(days=1):
        yield f"seal of {before.day + timedelta(days=1)}: missing"


def _day(seal: Seal) -> Iterator[str]:
    found = list(leaves_between(seal.first_event_id, seal.last_event_id))
    if len(found) == seal.events and root([leaf for _id, leaf in found]).hex() == seal.root:
        if unpack(seal.leaves) != found:
            yield f"seal of {seal.day}: its kept leaves were changed"
        return
    named = list(_differing(dict(unpack(seal.leaves)), dict(found)))
    yield from named or [f"seal of {seal.day}: its root is not that of its events"]


def _differing(kept: dict[int, bytes], found: dict[int, bytes]) -> Iterator[str]:
    for ident in sorted(kept.keys() | found.keys()):
        if ident not in found:
            yield f"event {ident}: it was deleted after sealing"
        elif ident not in kept:
            yield f"event {ident}: it was put in after sealing"
        elif kept[ident] != found[ident]:
            yield f"event {ident}: it was changed after sealing"


def _tail(last: Seal | None, zone: str, at: datetime) -> Iterator[str]:
    start = last.last_event_id if last else 0
    tail = Event.objects.filter(pk__gt=start).order_by("pk")
    first = tail.values_list("recorded_at", flat=True).first()
    due: date | None = last.day + timedelta(days=1) if last else None
    over = day_bounds(due, zone)[1] if due else first
    if over is not None and over + LATE < at:
        yield f"seal of {due or over.date()}: missing, and so is every later one"
    if connection.vendor == "sqlite":
        yield from _holes(start)


def _holes(start: int) -> Iterator[str]:
    """SQLite numbers without gaps (a rolled back number is used again), so a gap is a deletion."""
    expected = start + 1
    newest = _highest_ever()
    ids = Event.objects.filter(pk__gt=start).order_by("pk").values_list("pk", flat=True)
    for ident in [*ids.iterator(chunk_size=10_000), newest + 1]:
        if ident > expected:
            yield f"event {expected}: missing from the journal"
        expected = ident + 1


def _highest_ever() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal_event'")
        row = cursor.fetchone()
        return row[0] if row else 0
