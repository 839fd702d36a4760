"""The server as production runs it, with one process, and what it costs."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """A running `polecam serve`: its supervisor and one web process."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process, self.port = process, port

    def processes(self) -> list[int]:
        """The process and all its descendants."""
        parents = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                parents[int(entry.name)] = int(fields[1])
        family = [self.process.pid]
        for pid in family:
            family += [child for child, parent in parents.items() if parent == pid]
        return family

    def cpu_seconds(self) -> float:
        """User and system time of the whole family so far."""
        total = 0
        for pid in self.processes():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICK

    def anonymous_mb(self) -> float:
        """RssAnon of the largest process, in MB."""
        statuses = [Path(f"/proc/{pid}/status").read_text() for pid in self.processes()]
        sizes = [int(text.partition("RssAnon:")[2].split()[0]) for text in statuses]
        return max(sizes) / 1024


@contextmanager
def serving() -> Iterator[Server]:
    """Serve on a free port without the journal's worker; stop afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    polecam = str(Path(sys.executable).with_name("polecam"))
    command = [polecam, "serve", "--no-worker", f"--port={port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            raise RuntimeError("the server did not start")
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(20)
