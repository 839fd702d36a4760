"""`polecam work`: the worker as a process of its own; `serve` starts one by itself."""

import argparse
import os
import signal
import sys
import threading
from datetime import UTC, datetime

from polecam.worker import loop


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--once", action="store_true", help="do what is due, then stop")
    parser.add_argument(
        "--with-parent", action="store_true", help="stop when standard input closes"
    )


def run(options: argparse.Namespace) -> int:
    """Work until SIGTERM, SIGINT, or the end of the parent."""
    if options.once:
        while loop.once(datetime.now(UTC), worker=f"once-{os.getpid()}"):
            pass
        return 0
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    if options.with_parent:
        threading.Thread(target=_watch_parent, args=(stop,), daemon=True).start()
    loop.run(stop)
    return 0


def _watch_parent(stop: threading.Event) -> None:
    """The parent holds the other end of our standard input: it ends when the parent does."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stop.set()
