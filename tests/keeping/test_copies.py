"""Copies: made while people work, whole or not at all, refused with their reason, forgotten."""

import errno
import threading
from datetime import timedelta

import pytest
from django.db import connections

from polecam.actions import keeping
from polecam.keeping import copies, schema
from polecam.keeping.models import Backup, Cause
from polecam.kit.errors import Refused
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.store import faults, tx
from polecam.worker import daily


@pytest.fixture
def copy(house, at):
    """A copy of the house, and its row."""
    row = keeping.back_up(at=at, cause=Cause.ASKED, folder=house)
    return house / row.name, row


def test_a_copy_is_whole_while_people_go_on_working(house, at):
    """Rows appear in pairs; a copy that saw one of a pair without the other would be torn."""
    stop, made = threading.Event(), []

    def work() -> None:
        while not stop.is_set():
            with tx.action():
                for name in ("left", "right"):
                    Party.objects.create(first_name=name, created_at=at)
            made.append(1)
        connections.close_all()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        row = keeping.back_up(at=at, cause=Cause.NIGHT, folder=house)
    finally:
        stop.set()
        worker.join()
    assert made
    _opening, closing = copies.look(house / row.name)
    before = Party.objects.exclude(first_name__in=["left", "right"]).count()
    assert (closing.tables["parties_party"][0] - before) % 2 == 0


def test_its_row_and_header_tell_of_it(copy, at):
    path, row = copy
    row.refresh_from_db()
    assert row.ended_at
    assert row.size == path.stat().st_size
    assert not row.problem
    assert path.stat().st_mode & 0o777 == 0o600
    said = copies.said(path)
    assert said["id"] == row.public_id
    opening, closing = copies.look(path)
    assert opening.taken_at == at
    assert closing.tables["people_person"][0] == Person.objects.count()
    assert {"django_session", "store_hit"}.isdisjoint(closing.tables)


def test_nothing_of_it_can_be_read_without_the_key(copy, settings):
    path, _row = copy
    raw = path.read_bytes()
    assert not any(word in raw for word in (b"Kowalczyk", b"olszyna", b"people_person"))
    settings.BACKUP_KEY = "another secret"
    with pytest.raises(Refused, match="copy_wrong_key"):
        copies.look(path)


def test_a_cut_or_changed_copy_is_refused(copy):
    path, _row = copy
    raw = path.read_bytes()
    path.write_bytes(raw[:-100])
    with pytest.raises(Refused, match="copy_cut"):
        copies.look(path)
    path.write_bytes(raw[:5000] + bytes([raw[5000] ^ 1]) + raw[5001:])
    with pytest.raises(Refused, match="copy_damaged"):
        copies.look(path)


def test_a_copy_of_a_newer_release_is_refused(house, at, monkeypatch):
    newer = [*schema.known(), ("people", "9999_from_the_future")]
    monkeypatch.setattr(schema, "applied", lambda _connection: dict.fromkeys(newer))
    with pytest.raises(Refused, match="database_newer"):
        keeping.back_up(at=at, cause=Cause.ASKED, folder=house)
    with monkeypatch.context() as patched:
        patched.setattr(schema, "unknown", lambda _nodes: [])
        row = keeping.back_up(at=at + timedelta(seconds=1), cause=Cause.ASKED, folder=house)
    with pytest.raises(Refused, match="copy_newer"):
        copies.look(house / row.name)


@pytest.mark.parametrize("place", ["backup.begun", "backup.write", "backup.written"])
def test_a_full_disk_leaves_no_half_copy(house, at, place):
    faults.arm(faults.Fault(faults.FULL, place))
    try:
        with pytest.raises(OSError, match="No space"):
            keeping.back_up(at=at, cause=Cause.NIGHT, folder=house)
    finally:
        faults.arm(None)
    assert list(house.iterdir()) == []
    assert Backup.objects.get().problem == "disk_full"


def test_production_wants_a_key_of_its_own(house, at, settings):
    settings.PRODUCTION = True
    with pytest.raises(Refused, match="backup_key_missing"):
        keeping.back_up(at=at, cause=Cause.ASKED, folder=house)
    assert Backup.objects.get().problem == "backup_key_missing"


def test_the_night_makes_one_where_a_folder_is_set_and_forgets_the_old(house, at, settings):
    settings.BACKUP_FOLDER = None
    assert keeping.back_up_due(at=at) is None
    settings.BACKUP_FOLDER = house
    first = keeping.back_up_due(at=at)
    rest = house / f"{first.name.replace('-night', '-asked')}.part"
    rest.write_bytes(b"")
    (house / "notes.txt").write_text("mine")
    later = at + timedelta(days=30)
    killed = Backup.objects.create(name="killed", cause=Cause.ASKED, began_at=at)
    second = keeping.back_up_due(at=later)
    assert keeping.forget_due(at=later) == 2
    assert {path.name for path in house.iterdir()} == {second.name, "notes.txt"}
    first.refresh_from_db()
    killed.refresh_from_db()
    assert first.removed_at == later
    assert killed.problem == "stopped"


def test_old_copies_wait_where_the_clock_may_be_wrong():
    """A clock that woke up in another year would take all of them away."""
    assert "old-copies" in daily.ERASING


def test_a_night_that_failed_is_tried_again_and_says_why(house, at, settings):
    house.parent.joinpath("a-file").write_text("")
    settings.BACKUP_FOLDER = house.parent / "a-file"
    with pytest.raises(OSError):
        keeping.back_up_due(at=at)
    assert Backup.objects.get().problem == "folder"
    assert keeping.problem_of(OSError(errno.ENOSPC, "")) == "disk_full"
