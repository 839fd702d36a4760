"""The worker's loop: readers, the outbox, imports, daily jobs, a pause."""

import logging
import secrets
import threading
import time
from datetime import UTC, datetime, timedelta

from django.db import close_old_connections

from polecam.actions import imports, outbox
from polecam.journal.queries import has_unsettled
from polecam.store import pause
from polecam.store.beats import DOUBTS, WORKER, beat, last_beat
from polecam.worker import daily, timely
from polecam.worker.reading import all_readers, read, read_again
from polecam.worker.trust import Clock, Trust

PAUSE_SECONDS = 1.0
IMPORT_SECONDS = 2.0
UNSETTLED_SECONDS = 20.0
BEAT_EVERY = timedelta(seconds=15)
_alive: dict[str, datetime] = {}
log = logging.getLogger(__name__)


def run(stop: threading.Event) -> None:
    """Work until `stop` is set. An error is logged and the loop goes on."""
    worker, clock = secrets.token_hex(16), None
    while not stop.is_set():
        try:
            at = datetime.now(UTC)
            clock = clock or Clock(last_beat(WORKER))
            busy = 0 if pause.is_on() else once(at, worker=worker, trust=clock.look(at))
        except Exception as error:  # the database is away: wait for it
            log.warning("worker: %s", type(error).__name__)
            busy = 0
        close_old_connections()
        if not busy:
            stop.wait(PAUSE_SECONDS)


def once(at: datetime, *, worker: str, trust: Trust = Trust.FULL) -> int:
    """One round over everything; how much was done (0: nothing left for now).

    `trust`: while the clock cannot be believed, nothing is done that asks what time it is.
    """
    _show_life(WORKER, at)
    if trust is not Trust.FULL:
        _show_life(DOUBTS, at)
    if trust is Trust.NONE:
        return 0
    done = sum(read(reader, worker=worker, at=at) for reader in all_readers())
    done += read_again(at=at)
    done += outbox.deliver_due(at=at, worker=worker)
    done += bool(imports.work_off(at=at, seconds=IMPORT_SECONDS))
    timely.run_due(at)
    return done + daily.run_due(at, worker=worker, erasing=trust is Trust.FULL)


def _show_life(name: str, at: datetime) -> None:
    """So that a monitor and the admin see a worker that stands still, or that waits."""
    shown = _alive.get(name)
    if shown is None or not shown <= at < shown + BEAT_EVERY:
        beat(name, at=at)
        _alive[name] = at


def drain_all(at: datetime, *, daily_too: bool = False) -> int:
    """See `polecam.worker.drain`."""
    worker = secrets.token_hex(16)
    done, give_up = 0, time.monotonic() + UNSETTLED_SECONDS
    while True:
        passed = sum(read(r, worker=worker, at=at, strict=True) for r in all_readers())
        done += passed
        imported = bool(imports.work_off(at=at, seconds=IMPORT_SECONDS))
        if passed or imported:
            continue
        if has_unsettled() and time.monotonic() < give_up:
            time.sleep(0.05)
            continue
        break
    outbox.deliver_due(at=at, worker=worker)
    timely.run_due(at, strict=True)
    if daily_too:
        daily.run_due(at, worker=worker, strict=True)
    return done
