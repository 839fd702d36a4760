"""Workers as processes: a kill -9 in the middle loses nothing, and two of them share the work."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, connections

from polecam.journal.models import Event
from polecam.journal.queries import unread
from polecam.journal.record import record
from polecam.store import tx

pytestmark = pytest.mark.django_db(transaction=True)

EVENTS = 60
SCRIPT = """
    import sys, time
    from datetime import UTC, datetime, timedelta
    import django
    from django.conf import settings
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    if "side" in settings.DATABASES:
        settings.DATABASES["side"]["NAME"] = sys.argv[2]
    django.setup()
    from polecam.worker.reading import Reader, read

    def handle(event, at):
        with open(sys.argv[3], "a") as out:
            out.write(f"{event.pk}\\n")
        time.sleep(float(sys.argv[5]))

    reader = Reader("test", frozenset({"branch.created"}), handle)
    at = datetime.now(UTC) + timedelta(minutes=float(sys.argv[4]))
    print("ready", flush=True)
    for _round in range(20):
        read(reader, worker=sys.argv[6], at=at)
        time.sleep(0.02)
"""


@pytest.fixture
def events(branch):
    at = datetime.now(UTC)
    return [record("branch.created", branch, by=None, at=at).pk for _ in range(EVENTS)]


@pytest.fixture
def start(tmp_path):
    running = []

    def begin(*, minutes: float, pause: float, name: str) -> subprocess.Popen:
        side = connections["side"].settings_dict["NAME"] if "side" in connections else ""
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", textwrap.dedent(SCRIPT),
             str(connection.settings_dict["NAME"]), str(side),
             str(tmp_path / "handled"), str(minutes), str(pause), name],
            stdout=subprocess.PIPE,
            env={**os.environ, "POLECAM_ENV": "test"},
        )  # fmt: skip
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def handled(folder: Path) -> list[int]:
    path = folder / "handled"
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def test_kill_in_the_middle_loses_nothing(events, start, tmp_path):
    first = start(minutes=0, pause=0.02, name="first")
    deadline = time.monotonic() + 30
    while len(handled(tmp_path)) < EVENTS // 4 and time.monotonic() < deadline:
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    first.wait()
    before = handled(tmp_path)
    assert 0 < len(before) < EVENTS
    start(minutes=6, pause=0, name="second").wait(60)  # the lease of the dead one is over
    found = handled(tmp_path)
    assert sorted(set(found)) == events
    assert len(found) <= EVENTS + 1  # at most the one in hand was done twice


def test_two_workers_never_do_the_same(events, start, tmp_path):
    both = [start(minutes=0, pause=0.005, name=name) for name in ("first", "second")]
    for process in both:
        process.wait(60)
    assert sorted(handled(tmp_path)) == events


@pytest.mark.postgres
def test_a_row_that_commits_late_is_not_skipped(branch):
    """An older transaction holds a lower number of the journal and commits after a newer one."""
    import psycopg

    at = datetime.now(UTC) - timedelta(seconds=1)
    cursor = type("Cursor", (), {"last_txid": 0, "last_event_id": 0})()
    settings = connection.settings_dict
    other = psycopg.connect(
        dbname=settings["NAME"], user=settings["USER"], host=settings["HOST"],
        port=settings["PORT"] or None, password=settings["PASSWORD"] or None,
    )  # fmt: skip
    with other:
        columns = "kind, subject_type, subject, at, recorded_at, data, commitment, txid"
        early = other.execute(
            f"INSERT INTO journal_event ({columns}) VALUES ('branch.created', 'branch', 'early', "
            "now(), now(), '{}', '', txid_current()) RETURNING id"
        ).fetchone()[0]
        with tx.action():
            late = record("branch.created", branch, by=None, at=at).pk
        assert late > early
        assert Event.objects.filter(pk=late).exists()
        assert late not in [event.pk for event in unread(cursor, 100)]
    other.close()
    deadline = time.monotonic() + 20  # another suite on this server may hold the horizon back
    while time.monotonic() < deadline and len(found := unread(cursor, 100)) < 2:
        time.sleep(0.05)
    assert [event.pk for event in found][-2:] == [early, late]
