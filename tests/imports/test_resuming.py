"""Stopped anywhere, an import goes on where it was; everything is there once."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from polecam.actions import import_running, import_work, imports
from polecam.clients.models import Client
from polecam.imports.models import Import, ImportState
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.referrals.models import Referral
from polecam.worker import drain
from tests import cast
from tests.imports.support import CLIENTS, bring, counts, upload

ROWS = 260
FILE = "Nr klienta;Klient;Telefon\n" + "".join(
    f"K{n};Anna Kowal{chr(97 + n // 26)}{chr(97 + n % 26)};601{n:06}\n" for n in range(ROWS)
)


@pytest.fixture
def small(monkeypatch):
    """Chunks of forty rows."""
    for name in ("FIRST_CHUNK", "SMALLEST_CHUNK", "LARGEST_CHUNK"):
        monkeypatch.setattr(import_work, name, 40)
    import_running._forget_work()


def forget():
    """What a process that dies forgets."""
    import_running._forget_work()


def test_slices_add_up(small, branch, tomek, marta, at):
    job = upload(tomek, branch, FILE, at=at)
    imports.start(by=tomek, at=at, job=job)
    slices = 0
    while imports.work_off(at, 0.0001):
        slices += 1
        forget()
    job.refresh_from_db()
    assert slices == 7
    assert (job.state, counts(job)) == (ImportState.DONE, (ROWS, 0, 0, 0))
    assert Client.objects.count() == ROWS
    applied = Event.objects.filter(kind="import.applied")
    assert sum(event.data["created"] for event in applied) == ROWS


@pytest.mark.parametrize("when", [1, 3, 6])
def test_a_chunk_that_fails_is_done_once(small, branch, tomek, marta, at, monkeypatch, when):
    job = upload(tomek, branch, FILE, at=at)
    imports.start(by=tomek, at=at, job=job)
    calls = []
    tell = import_work._tell

    def failing(*args, **more):
        calls.append(1)
        if len(calls) == when:
            raise OperationalError("disk I/O error")
        tell(*args, **more)

    monkeypatch.setattr(import_work, "_tell", failing)
    while imports.work_off(at, 60):
        pass
    job.refresh_from_db()
    assert (job.state, counts(job)) == (ImportState.DONE, (ROWS, 0, 0, 0))
    assert Client.objects.count() == ROWS


def test_three_failures_end_it(small, branch, tomek, marta, at, monkeypatch):
    job = upload(tomek, branch, FILE, at=at)
    imports.start(by=tomek, at=at, job=job)

    def failing(*args, **more):
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(import_work, "_tell", failing)
    for _ in range(3):
        assert imports.work_off(at, 60)
    assert not imports.work_off(at, 60)
    job.refresh_from_db()
    assert (job.state, job.problem) == (ImportState.FAILED, "stopped")
    assert not Client.objects.exists()


def test_a_dead_worker_is_followed_after_its_lease(small, branch, tomek, marta, at):
    job = upload(tomek, branch, FILE, at=at)
    imports.start(by=tomek, at=at, job=job)
    taken = import_running._take(at)
    assert taken == job
    assert not imports.work_off(at, 60)
    assert imports.work_off(at + timedelta(minutes=6), 60)
    assert Client.objects.count() == ROWS


def test_referrals_resume_without_loss(small, branch, tomek, marta, at):
    cast.client(branch, marta, "Edward", "Sikora", at=at, number="K1")
    day = (at - timedelta(days=9)).strftime("%d.%m.%Y")
    text = "Data;Nr klienta;Kto polecił;Polecony;Sprzedawca;Status\n" + "".join(
        f"{day};K1;;Imię{chr(97 + n // 26)}{chr(97 + n % 26)};Marta Zielińska;nowe\n"
        for n in range(100)
    )
    job = upload(tomek, branch, text, at=at, kind="referrals")
    imports.start(by=tomek, at=at, job=job)
    while imports.work_off(at, 0.0001):
        forget()
    job.refresh_from_db()
    assert counts(job) == (100, 0, 0, 0)
    assert Referral.objects.count() == 100
    assert counts(bring(tomek, branch, text, at=at, kind="referrals")) == (0, 0, 100, 0)


def test_one_row_that_collides_does_not_stop_the_rest(small, branch, tomek, marta, at, monkeypatch):
    """Somebody takes a client number between matching and writing."""
    from polecam.actions import import_clients

    real = import_clients.ClientRows._save

    def colliding(self, writes):
        for draft in writes.drafts.values():
            if draft.said.number == "K77" and not Client.objects.filter(number="K77").exists():
                cast.client(branch, marta, "Ewa", "Inna", at=at, number="K77")
        return real(self, writes)

    monkeypatch.setattr(import_clients.ClientRows, "_save", colliding)
    job = bring(tomek, branch, FILE, at=at)
    assert counts(job) == (ROWS - 1, 0, 0, 1)
    assert job.rejectedrow_set.get().reason == "collides"


def test_cancelled_in_the_middle(small, branch, tomek, marta, at):
    job = upload(tomek, branch, FILE, at=at)
    imports.start(by=tomek, at=at, job=job)
    imports.work_off(at, 0.0001)
    imports.cancel(by=tomek, at=at, job=job)
    assert not imports.work_off(at, 60)
    job.refresh_from_db()
    assert (job.state, job.problem) == (ImportState.FAILED, "cancelled")
    assert job.upload.deleted_at
    with pytest.raises(Refused, match="import_over"):
        imports.start(by=tomek, at=at, job=job)


def test_the_worker_drains_it(branch, tomek, marta, at):
    job = upload(tomek, branch, CLIENTS, at=at)
    imports.start(by=tomek, at=at, job=job)
    drain(at)
    job.refresh_from_db()
    assert job.state == ImportState.DONE


def test_who_may_import(branch, marta, irena, tomek, at):
    with pytest.raises(NotAllowed):
        upload(marta, branch, CLIENTS, at=at)
    job = upload(tomek, branch, CLIENTS, at=at)
    for person in (marta, irena):
        for act in (imports.start, imports.cancel):
            with pytest.raises(NotAllowed):
                act(by=person, at=at, job=job)
    assert Import.objects.count() == 1


def test_what_nobody_started_is_forgotten(branch, tomek, marta, at):
    from polecam.files import vault

    job = upload(tomek, branch, CLIENTS, at=at)
    done = bring(tomek, branch, CLIENTS, at=at)
    assert imports.forget_due(at + timedelta(hours=23)) == {"files": 0, "rejected_rows": 0}
    assert imports.forget_due(at + timedelta(hours=25))["files"] == 1
    assert not vault.path_of(job.upload.public_id).exists()
    assert imports.forget_due(at + timedelta(days=31))["rejected_rows"] == done.rejected
