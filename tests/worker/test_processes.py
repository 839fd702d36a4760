"""Workers as processes: a kill -9 in the middle loses nothing, and two of them share the work."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections

from polecam.actions import journal
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
    from polecam.journal.queries import has_unsettled
    from polecam.worker.reading import Reader, read

    def handle(event, at):
        with open(sys.argv[3], "a") as out:
            out.write(f"{event.pk}\\n")
        time.sleep(float(sys.argv[5]))

    reader = Reader("test", frozenset({"branch.created"}), handle)
    at = datetime.now(UTC) + timedelta(minutes=float(sys.argv[4]))
    print("ready", flush=True)
    quiet, deadline = 0, time.monotonic() + 60
    while quiet < 25 and time.monotonic() < deadline:
        # Another suite on this server may hold PostgreSQL's horizon back: wait for it.
        quiet = quiet + 1 if not (read(reader, worker=sys.argv[6], at=at) or has_unsettled()) else 0
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
    deadline = time.monotonic() + 60
    while len(handled(tmp_path)) < EVENTS // 4 and time.monotonic() < deadline:
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    first.wait()
    before = handled(tmp_path)
    assert 0 < len(before) < EVENTS
    start(minutes=6, pause=0, name="second").wait(90)  # the lease of the dead one is over
    found = handled(tmp_path)
    assert sorted(set(found)) == events
    assert len(found) <= EVENTS + 1  # at most the one in hand was done twice


def test_two_workers_never_do_the_same(events, start, tmp_path):
    both = [start(minutes=0, pause=0.005, name=name) for name in ("first", "second")]
    for process in both:
        process.wait(90)
    assert sorted(handled(tmp_path)) == events


@pytest.fixture
def other():
    """A second connection to PostgreSQL, in a transaction of its own."""
    import psycopg

    named = connection.settings_dict
    opened = psycopg.connect(
        dbname=named["NAME"], user=named["USER"], host=named["HOST"],
        port=named["PORT"] or None, password=named["PASSWORD"] or None,
    )  # fmt: skip
    yield opened
    opened.close()


@dataclass
class Position:
    """How far a reader has read."""

    last_txid: int = 0
    last_event_id: int = 0


def write_event(other, ident: str = "nextval('journal_event_id_seq')") -> int:
    """An event written on the other connection, not committed yet."""
    columns = "id, kind, subject_type, subject, at, recorded_at, data, commitment, txid"
    return other.execute(
        f"INSERT INTO journal_event ({columns}) VALUES ({ident}, 'branch.created', 'branch', 'x', "
        "now(), now(), '{}', '', txid_current()) RETURNING id"
    ).fetchone()[0]


def read_until(position: Position, count: int) -> list[Event]:
    """What a reader finds, once another suite on this server no longer holds it back."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and len(found := unread(position, 100)) < count:
        time.sleep(0.05)
    return found


@pytest.mark.postgres
def test_a_row_that_commits_late_is_not_skipped(branch, other):
    """An older transaction holds a lower number of the journal and commits after a newer one."""
    early = write_event(other)
    with tx.action():
        late = record("branch.created", branch, by=None, at=datetime.now(UTC)).pk
    assert late > early
    assert Event.objects.filter(pk=late).exists()
    assert late not in [event.pk for event in unread(Position(), 100)]
    other.commit()
    assert [event.pk for event in read_until(Position(), 2)] == [early, late]


@pytest.mark.postgres
def test_a_lower_number_of_a_later_transaction_is_read_as_well(branch, other):
    """A number drawn early and written late comes after what was read: order is by transaction."""
    with tx.action():
        first = record("branch.created", branch, by=None, at=datetime.now(UTC))
    first.refresh_from_db()
    (read,) = read_until(Position(), 1)
    other.commit()
    lower = write_event(other, str(first.pk - 1))
    other.commit()
    after = read_until(Position(read.txid, read.pk), 1)
    assert [event.pk for event in after] == [lower]


@pytest.mark.postgres
def test_a_seal_waits_for_whoever_is_writing(firm, branch, other):
    """While a writer is open the seal gives up soon, and takes its event once it committed."""
    at = datetime.now(UTC)
    write_event(other)
    with pytest.raises(OperationalError):
        journal.seal_due(at=at + timedelta(days=2))
    other.commit()
    seals = journal.seal_due(at=at + timedelta(days=2))
    assert sum(seal.events for seal in seals) == 1


@pytest.mark.postgres
def test_other_databases_of_the_server_hold_nobody_back(branch):
    """Only transactions of this database can still write into its journal."""
    import psycopg

    named = connection.settings_dict
    elsewhere = psycopg.connect(
        dbname="postgres", user=named["USER"], host=named["HOST"],
        port=named["PORT"] or None, password=named["PASSWORD"] or None,
    )  # fmt: skip
    elsewhere.execute("SELECT txid_current()")
    event = record("branch.created", branch, by=None, at=datetime.now(UTC))
    assert [found.pk for found in unread(Position(), 100)] == [event.pk]
    elsewhere.close()
