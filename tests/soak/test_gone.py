"""No database for a while, with pages and a worker at work: both wait, and go on by themselves."""

import sqlite3
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections
from django.urls import reverse

from polecam.insights.proofs import prove
from polecam.journal.models import Cursor
from polecam.people.models import Person
from polecam.store.sqlite3 import base
from polecam.worker import loop, reading
from polecam.worker.reading import Reader
from tests.conftest import DATABASE

pytestmark = pytest.mark.django_db(transaction=True, reset_sequences=True)
"""From event 1 on: what other tests wrote and lost would look like a hole in the journal."""


@pytest.fixture
def signed_in(client, kamil):
    client.force_login(kamil)
    client.raise_request_exception = False
    return client


@pytest.fixture
def handled(monkeypatch):
    """A worker at work, which reads one kind of event."""
    found, stop = [], threading.Event()
    reader = Reader("test", frozenset({"goal.set"}), lambda event, at: found.append(event.pk))
    monkeypatch.setattr(loop, "PAUSE_SECONDS", 0.02)
    monkeypatch.setattr(loop, "all_readers", lambda: (reader,))
    monkeypatch.setattr(reading, "all_readers", lambda: (reader,))
    monkeypatch.setattr(loop.daily, "JOBS", [])
    monkeypatch.setattr(loop.timely, "JOBS", [])

    def work():
        loop.run(stop)
        connections.close_all()

    worker = threading.Thread(target=work)
    worker.start()
    yield found
    stop.set()
    worker.join(30)
    assert not worker.is_alive()


def goal(signed_in, asks: int):
    return signed_in.post(reverse("today:goal"), {"goal": asks})


def until(holds) -> bool:
    """Wait for the worker, as long as it needs."""
    pause = threading.Event()
    return any(holds() or pause.wait(0.05) for _ in range(600))


@contextmanager
def refused_by_postgres():
    """Nobody may connect, and whoever was is thrown out."""
    import psycopg

    named = connection.settings_dict
    name = named["NAME"]
    server = {"user": named["USER"], "host": named["HOST"], "port": named["PORT"] or None}
    out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            admin.execute(out, [name])
            yield
        finally:
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
            connection.close()  # as a server does after a request whose connection broke


@contextmanager
def locked_in_sqlite():
    """Somebody writes for longer than anybody waits."""
    for alias in connections:
        connections[alias].settings_dict["OPTIONS"]["timeout"] = 0.1
        connections[alias].close()
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()
        for alias in connections:
            connections[alias].settings_dict["OPTIONS"]["timeout"] = 20
            connections[alias].close()


gone = refused_by_postgres if DATABASE == "postgres" else locked_in_sqlite


def test_pages_and_worker_wait_and_go_on(signed_in, handled, kamil):
    assert goal(signed_in, 5).status_code == 303
    assert until(lambda: len(handled) == 1)
    with gone():
        answer = goal(signed_in, 4)
        assert answer.status_code == 503
        assert answer["Retry-After"] == "60"
        assert len(handled) == 1
    assert goal(signed_in, 4).status_code == 303
    assert until(lambda: len(handled) == 2)
    assert Person.objects.get(pk=kamil.pk).pk
    assert not Cursor.objects.filter(failures__gt=0).exists()
    assert not [p for proof in prove(kamil.created_at) for p in proof.problems]


@pytest.mark.sqlite
def test_a_file_that_was_moved_away_is_not_made_anew(tmp_path):
    place = tmp_path / "house.sqlite3"
    settings = {**connection.settings_dict, "NAME": str(place)}
    opened = base.DatabaseWrapper(settings, "moved")
    opened.cursor().execute("CREATE TABLE kept (n)")
    opened.close()
    away = Path(place.rename(tmp_path / "elsewhere"))
    with pytest.raises(OperationalError):
        opened.cursor()
    assert not place.exists()
    away.rename(place)
    opened.cursor().execute("SELECT n FROM kept")
    opened.close()
    place.unlink()
    base.forget(place)
    opened.cursor().execute("CREATE TABLE anew (n)")
    opened.close()
