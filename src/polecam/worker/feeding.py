"""Nightly files are fetched beside the worker's loop: a slow one keeps nobody's letter waiting."""

import logging
import threading
from datetime import datetime

from django.conf import settings
from django.db import connections

from polecam.actions import feed_running

log = logging.getLogger(__name__)
_beside: list[threading.Thread] = []


def run_due(at: datetime) -> None:
    """Begin what is due, in a thread of its own unless one is at it; in tests at once."""
    if settings.TESTING:
        feed_running.run_due(at=at)
        return
    if any(thread.is_alive() for thread in _beside) or not feed_running.anything_due(at):
        return
    thread = threading.Thread(target=_run, args=(at,), name="feeds", daemon=True)
    _beside[:] = [thread]
    thread.start()


def _run(at: datetime) -> None:
    try:
        feed_running.run_due(at=at)
    except Exception as error:
        log.warning("feeds: %s", type(error).__name__)
    finally:
        connections.close_all()
