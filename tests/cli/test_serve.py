"""The server with its worker: both answer, both end together, however it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing

import pytest


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A prepared home with an empty database."""
    path = tmp_path_factory.mktemp("serve")
    done = polecam(path, "init")
    assert done.returncode == 0, done.stderr
    return path


def environment(path) -> dict[str, str]:
    given = {key: value for key, value in os.environ.items() if "POLECAM" not in key}
    return {**given, "POLECAM_ENV": "development", "POLECAM_HOME": str(path), "DATABASE_URL": ""}


def polecam(path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "polecam.cli", *arguments],
        env=environment(path), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture
def port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def served(home, port):
    """A running server: its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "polecam.cli", "serve", "--port", str(port)],
        env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        wait_for(lambda: answers(port), 40)
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5) as page:
            return page.status == 200
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def wait_for(what, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.2)


def children(parent: int) -> list[int]:
    done = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True
    )
    return [int(pid) for pid in done.stdout.split()]


def alive(pid: int) -> bool:
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return done.stdout.strip() not in ("", "Z")


@pytest.mark.sqlite
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_server_and_worker_end_together(served, end):
    wait_for(lambda: len(children(served.pid)) >= 2, 20)
    family = children(served.pid)
    served.send_signal(end)
    served.wait(30)
    wait_for(lambda: not any(alive(pid) for pid in family), 15)
    if end != signal.SIGKILL:
        assert served.returncode in (0, -signal.SIGTERM, 130)


@pytest.mark.sqlite
def test_a_taken_port_is_one_line(home, port):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = polecam(home, "serve", "--port", str(port))
    assert done.returncode == 2
    assert f"Cannot listen on 127.0.0.1:{port}" in done.stderr
    assert len(done.stderr.splitlines()) == 1
