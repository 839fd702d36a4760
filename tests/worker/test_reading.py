"""Readers: in order, at least once, leased, retried, put aside; daily jobs once a day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from polecam.actions import journal
from polecam.journal.models import Cursor, DeadLetter, Event
from polecam.journal.record import record
from polecam.journal.rules import RETRIES
from polecam.kit.errors import NotAllowed
from polecam.worker import daily, reading
from polecam.worker.reading import Reader, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(branch, at):
    return [record("branch.created", branch, by=None, at=at) for _ in range(3)] + [
        record("setting.changed", branch, by=None, at=at)
    ]


@pytest.fixture
def seen():
    return []


@pytest.fixture
def reader(seen):
    return Reader("test", frozenset({"branch.created"}), lambda e, at: seen.append(e.pk))


def test_reads_its_kinds_in_order_and_once(reader, seen, events, at):
    assert read(reader, worker="a", at=at) == 4
    assert seen == [event.pk for event in events[:3]]
    assert read(reader, worker="a", at=at) == 0
    assert Cursor.objects.get(reader="test").last_event_id == events[3].pk


def test_a_leased_reader_waits_for_five_minutes(reader, seen, events, at):
    journal.take_lease(reader="test", worker="dead", at=at)
    assert read(reader, worker="a", at=at + timedelta(minutes=4)) == 0
    assert read(reader, worker="a", at=at + timedelta(minutes=5)) == 4


def test_whoever_lost_the_lease_stops(events, seen, at):
    def slow(event: Event, at: datetime) -> None:
        seen.append(event.pk)
        if len(seen) == 1:  # so slow that another worker took over meanwhile
            later = at + timedelta(minutes=6)
            cursor = journal.take_lease(reader="test", worker="b", at=later)
            journal.advance(cursor=cursor, txid=events[3].txid, event_id=events[3].pk, at=later)

    read(Reader("test", frozenset({"branch.created"}), slow), worker="a", at=at)
    assert seen == [events[0].pk]
    assert Cursor.objects.get(reader="test").last_event_id == events[3].pk


def test_a_failing_event_is_tried_eight_times_again_then_put_aside(events, at):
    tried = []

    def fail(event: Event, at: datetime) -> None:
        if event.pk == events[1].pk:
            tried.append(at)
            raise ConnectionError("the mail server of someone@example.com is away")

    reader = Reader("test", frozenset({"branch.created"}), fail)
    for _minute in range(80):
        read(reader, worker="a", at=at)
        at += timedelta(minutes=1)
    assert len(tried) == 1 + RETRIES
    letter = DeadLetter.objects.get()
    assert (letter.reader, letter.event_id) == ("test", events[1].pk)
    assert letter.error == "ConnectionError"  # never the text: it may hold an address
    assert Cursor.objects.get(reader="test").last_event_id == events[3].pk


def test_drain_raises_what_a_reader_raises(events, at):
    def fail(event: Event, at: datetime) -> None:
        raise LookupError

    reader = Reader("test", frozenset({"branch.created"}), fail)
    with pytest.raises(LookupError):
        read(reader, worker="a", at=at, strict=True)
    assert Cursor.objects.get(reader="test").failures == 0


def test_daily_jobs_run_once_a_day_in_the_zone_of_the_firm(firm, monkeypatch):
    ran = []
    monkeypatch.setattr(daily, "JOBS", [("a", ran.append), ("b", ran.append)])
    midnight = datetime(2026, 11, 23, 23, tzinfo=UTC)  # 24 November, 00:00 in Warsaw
    for moment in (-60, -1, 0, 1, 600):
        daily.run_due(midnight + timedelta(minutes=moment), worker="a")
    assert [m - midnight for m in ran] == [timedelta(minutes=m) for m in (-60, -60, 0, 0)]


def test_a_failing_job_stops_no_other_and_is_tried_again(firm, at, monkeypatch):
    ran = []

    def fail(at: datetime) -> None:
        ran.append("fails")
        raise OSError

    monkeypatch.setattr(daily, "JOBS", [("a", fail), ("b", lambda at: ran.append("works"))])
    daily.run_due(at, worker="a")
    daily.run_due(at + timedelta(seconds=9), worker="a")
    daily.run_due(at + timedelta(seconds=10), worker="a")
    assert ran == ["fails", "works", "fails"]


def test_every_daily_job_exists(firm, at):
    daily.run_due(at, worker="a", strict=True)
    assert Cursor.objects.filter(last_event_id__gt=700_000).count() == len(daily.JOBS)


def test_an_idle_worker_writes_nothing(reader, events, at, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(daily, "JOBS", [("a", lambda at: None)])
    read(reader, worker="a", at=at)
    daily.run_due(at, worker="a")
    with django_assert_num_queries(4) as asked:
        read(reader, worker="a", at=at)
        daily.run_due(at, worker="a")
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def test_an_admin_asks_for_one_more_try(client, ada, tomek, events, at, monkeypatch):
    seen: list[int] = []
    monkeypatch.setattr(
        reading,
        "all_readers",
        lambda: (Reader("test", frozenset({"branch.created"}), lambda e, at: seen.append(e.pk)),),
    )
    letter = DeadLetter.objects.create(
        reader="test", event_id=events[1].pk, error="ConnectionError", at=at
    )
    assert reading.read_again(at=at) == 0
    with pytest.raises(NotAllowed):
        journal.try_again(by=tomek, at=at, letter=letter)
    client.force_login(ada)
    assert b"ConnectionError" in client.get(reverse("tasks:put_aside")).content
    assert client.post(reverse("tasks:again", args=[letter.pk])).status_code == 303
    assert reading.read_again(at=at) == 1
    assert seen == [events[1].pk]
    assert not DeadLetter.objects.exists()


def test_a_letter_that_fails_again_stays_and_says_why(events, at, monkeypatch):
    def fail(event: Event, at: datetime) -> None:
        raise TimeoutError

    reader = Reader("test", frozenset({"branch.created"}), fail)
    monkeypatch.setattr(reading, "all_readers", lambda: (reader,))
    DeadLetter.objects.create(
        reader="test", event_id=events[1].pk, error="ConnectionError", at=at, again_at=at
    )
    reading.read_again(at=at)
    letter = DeadLetter.objects.get()
    assert (letter.error, letter.again_at) == ("TimeoutError", None)
