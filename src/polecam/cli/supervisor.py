"""The parent of the web processes and of the worker. Imports no Django: it stays small.

    python -m polecam.cli.supervisor --port 8000

All children watch us and end when we do, whatever ended us. A worker that falls is started again,
slower each time.
"""

import argparse
import os
import subprocess
import sys
import threading

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

GRACE_SECONDS = 20
LONGEST_PAUSE = 60


class Worker:
    """`polecam work` as our child."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None
        self.thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self.thread.start()

    def stop(self) -> None:
        """Ask it to end after what it is doing, wait, and insist."""
        self.stopping.set()
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def _keep(self) -> None:
        pause = 1
        while not self.stopping.is_set():
            self.process = subprocess.Popen(
                [sys.executable, "-m", "polecam.cli", "work", "--parent", str(os.getpid())],
                stdin=subprocess.DEVNULL,
            )
            code = self.process.wait()
            if self.stopping.wait(pause if code else 1):
                return
            pause = min(pause * 2, LONGEST_PAUSE)


def main() -> None:
    """Serve until a signal says stop; then end the children in order."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--backpressure", type=int, default=1024)
    parser.add_argument("--no-worker", action="store_true")
    options = parser.parse_args()
    worker = Worker()
    if not options.no_worker:
        worker.start()
    try:
        Granian(
            "polecam.cli.web_process:application",
            address=options.address,
            port=options.port,
            interface=Interfaces.WSGI,
            workers=options.workers,
            blocking_threads=options.threads,
            backpressure=options.backpressure,
            respawn_failed_workers=True,
            workers_kill_timeout=GRACE_SECONDS,
            log_level=LogLevels.warning,
            websockets=False,
        ).serve()
    finally:
        worker.stop()


if __name__ == "__main__":
    main()
