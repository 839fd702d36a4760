"""One reader and its cursor: leased, at least once, in order, with retries."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from polecam.actions import journal
from polecam.journal.models import Cursor, DeadLetter, Event
from polecam.journal.queries import unread
from polecam.store.faults import point
from polecam.store.reach import is_away
from polecam.worker import readers

BATCH = 200
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reader:
    """A module of `worker/readers`: the kinds it reads and what it does with one event.

    `handle` may meet the same event again after a crash: it must be idempotent.
    """

    name: str
    kinds: frozenset[str]
    handle: Callable[[Event, datetime], None]


@cache
def all_readers() -> tuple[Reader, ...]:
    """Every reader there is, by name."""
    return tuple(_found())


def read(reader: Reader, *, worker: str, at: datetime, strict: bool = False) -> int:
    """Handle the next events of `reader`; how many rows of the journal were passed.

    `strict` raises the handler's error; otherwise it is noted and tried again later.
    """
    known = Cursor.objects.filter(reader=reader.name).first()
    if known is not None and not unread(known, 1):
        return 0  # an idle worker only reads
    cursor = journal.take_lease(reader=reader.name, worker=worker, at=at)
    if cursor is None:
        return 0
    events = unread(cursor, BATCH)
    passed = 0
    for event in events:
        if event.kind in reader.kinds:
            try:
                point("reader.before", reader.name)
                reader.handle(event, at)
                point("reader.handled", reader.name)
            except Exception as error:
                if strict:
                    journal.give_back(cursor=cursor)
                    raise
                log.warning(
                    "reader %s failed at event %s: %s", reader.name, event.pk, type(error).__name__
                )
                given_up = None if is_away(error) else event  # no event is to blame for that
                journal.note_failure(
                    cursor=cursor, event=given_up, error=type(error).__name__, at=at
                )
                return passed
        passed += 1
        last = event is events[-1]
        if (event.kind in reader.kinds or last) and not journal.advance(
            cursor=cursor, txid=event.txid, event_id=event.pk, at=at
        ):
            return passed
    journal.give_back(cursor=cursor)
    return passed


def read_again(*, at: datetime) -> int:
    """Try once more what admins asked for; how many letters were taken up.

    Two workers may both try: a handler is idempotent.
    """
    handlers = {reader.name: reader.handle for reader in all_readers()}
    letters = list(DeadLetter.objects.filter(again_at__isnull=False).order_by("id")[:BATCH])
    events = Event.objects.in_bulk([letter.event_id for letter in letters])
    for letter in letters:
        try:
            handlers[letter.reader](events[letter.event_id], at)
        except Exception as error:
            log.warning("reader %s failed again at event %s", letter.reader, letter.event_id)
            journal.settle(letter=letter, error=type(error).__name__, at=at)
        else:
            journal.settle(letter=letter, at=at)
    return len(letters)


def _found() -> Iterator[Reader]:
    for module in sorted(iter_modules(readers.__path__), key=lambda found: found.name):
        code = import_module(f"polecam.worker.readers.{module.name}")
        yield Reader(module.name, frozenset(code.KINDS), code.handle)
