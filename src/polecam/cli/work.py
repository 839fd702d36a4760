"""`polecam work`: the worker as a process of its own; `serve` starts one by itself."""

import argparse
import os
import signal
import threading
from datetime import UTC, datetime

from polecam.cli.parent import watch
from polecam.worker import loop


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--once", action="store_true", help="do what is due, then stop")
    parser.add_argument("--parent", type=int, help="stop when this process is gone")


def run(options: argparse.Namespace) -> int:
    """Work until SIGTERM, SIGINT, or the end of the parent."""
    if options.once:
        while loop.once(datetime.now(UTC), worker=f"once-{os.getpid()}"):
            pass
        return 0
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    if options.parent:
        watch(options.parent, stop.set)
    loop.run(stop)
    return 0
