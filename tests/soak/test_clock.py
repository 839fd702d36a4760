"""The clock jumps, ahead or back: nothing is lost, done twice, or ended before its time."""

from datetime import UTC, datetime, timedelta

import pytest

from polecam.actions import journal
from polecam.actions.outbox import deliver_due, take
from polecam.journal import verify
from polecam.journal.models import Cursor, Seal
from polecam.journal.record import record
from polecam.messages.models import Message
from polecam.store.clock import injected
from polecam.worker import daily
from polecam.worker.trust import BELIEVED_AFTER, Clock, Trust
from tests.messages.conftest import to_staff

HOUR, DAY, MONTH = timedelta(hours=1), timedelta(days=1), timedelta(days=31)
SECOND = timedelta(seconds=1)


class Machine:
    """Two clocks: the one people set, and the one that only counts."""

    def __init__(self, at: datetime, last_seen: datetime | None = None) -> None:
        self.at, self.seconds = at, 1_000.0
        self.clock = Clock(last_seen, lambda: self.seconds)

    def passes(self, time: timedelta) -> Trust:
        self.seconds += time.total_seconds()
        self.at += time
        return self.clock.look(self.at)

    def is_set(self, by: timedelta) -> Trust:
        self.at += by
        return self.clock.look(self.at)


@pytest.fixture
def machine(at):
    made = Machine(at)
    assert made.passes(SECOND) is Trust.FULL
    return made


@pytest.mark.parametrize("jump", [2 * HOUR, DAY, MONTH])
def test_a_jump_ahead_ends_nothing_until_it_is_put_right(machine, jump):
    machine.passes(10 * DAY)
    assert machine.is_set(jump) is Trust.NONE
    assert machine.passes(HOUR) is Trust.NONE
    assert machine.is_set(-jump) is Trust.FULL


def test_a_clock_that_stays_is_believed(machine):
    assert machine.is_set(MONTH) is Trust.NONE
    assert machine.passes(BELIEVED_AFTER - SECOND) is Trust.NONE
    assert machine.passes(SECOND) is Trust.FULL
    assert machine.passes(HOUR) is Trust.FULL


@pytest.mark.parametrize("jump", [SECOND, HOUR, -HOUR, -DAY, -MONTH])
def test_small_ones_and_jumps_back_keep_nobody_waiting(machine, jump):
    assert machine.is_set(jump) is Trust.FULL
    assert machine.passes(SECOND) is Trust.FULL


def test_time_that_really_passes_is_no_jump(machine):
    """A machine that slept counts the seconds of its sleep."""
    assert machine.passes(MONTH) is Trust.FULL


def test_after_a_long_silence_erasing_waits_a_day(at):
    begun = Machine(at, last_seen=at - MONTH)
    assert begun.passes(SECOND) is Trust.NOT_ERASING
    assert begun.passes(BELIEVED_AFTER - SECOND) is Trust.NOT_ERASING
    assert begun.passes(SECOND) is Trust.FULL
    assert Machine(at, last_seen=at - HOUR).passes(SECOND) is Trust.FULL
    assert Machine(at, last_seen=at + MONTH).passes(SECOND) is Trust.FULL


@pytest.fixture
def jobs(monkeypatch):
    ran: list[str] = []
    names = ("expire", "vest")
    monkeypatch.setattr(daily, "JOBS", [(n, lambda at, n=n: ran.append(n)) for n in names])
    return ran


def test_what_is_erased_for_ever_waits(firm, jobs, at):
    daily.run_due(at, worker="w", erasing=False)
    assert jobs == ["vest"]
    daily.run_due(at, worker="w")
    assert jobs == ["vest", "expire"]


def test_the_night_comes_again_after_a_month_that_never_was(firm, jobs, at):
    daily.run_due(at + MONTH, worker="w")
    daily.run_due(at, worker="w")
    daily.run_due(at, worker="w")
    assert jobs == ["expire", "vest"] * 2, "not only in a month"


def test_two_machines_that_disagree_about_midnight_do_it_once(firm, jobs, at):
    for day in (at, at + DAY, at, at + DAY, at):
        daily.run_due(day, worker="w")
    assert jobs == ["expire", "vest"] * 2, "once each day"


def test_leases_and_pauses_of_a_month_that_never_was_hold_nobody(db, at):
    assert journal.take_lease(reader="one", worker="dead", at=at + MONTH)
    assert journal.take_lease(reader="one", worker="other", at=at)
    assert not journal.take_lease(reader="one", worker="third", at=at + SECOND)
    cursor = Cursor.objects.get(reader="one")
    journal.note_failure(cursor=cursor, event=None, error="x", at=at + MONTH)
    assert journal.take_lease(reader="one", worker="third", at=at)


def test_messages_of_a_month_that_never_was_go_out(marta, at, settings, tmp_path):
    settings.MAIL_ROOT = tmp_path / "mail"
    written, taken = to_staff(marta, at + MONTH), to_staff(marta, at)
    assert take(message=taken, at=at)
    Message.objects.filter(pk=taken.pk).update(leased_until=at + MONTH)
    assert deliver_due(at=at + SECOND) == 2
    assert not Message.objects.exclude(state="sent").exists()
    assert written.kind


def test_days_are_sealed_once_whatever_the_clock_said(firm, branch, ada):
    """Ahead for a while: days that were not yet over are sealed, and what follows in them is
    sealed with a later day; back again: no day is sealed twice, and none is missing."""
    day = datetime(2025, 3, 28, 12, tzinfo=UTC)  # the clocks change on the 30th

    def lives(at):
        with injected():
            record("branch.created", branch, by=ada, at=at, branch=branch.pk)
            journal.seal_due(at=at)

    firm.created_at = day
    firm.save()
    for at in (day, day + 5 * DAY, day + HOUR, day + 2 * DAY, day + 6 * DAY, day + 8 * DAY):
        lives(at)
    days = list(Seal.objects.order_by("day").values_list("day", flat=True))
    assert days == [day.date() + n * DAY for n in range(8)]
    assert list(verify.problems(firm.zone, day + 8 * DAY)) == []
