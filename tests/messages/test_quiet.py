"""Quiet hours in the firm's zone, through both changes of the clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import outbox, setup
from polecam.messages import quiet
from polecam.messages.models import Message
from polecam.messages.outbox import Letter, write
from tests.messages.conftest import to_staff
from tests.privacy.friend import answer, capture, deliver, say_yes

WARSAW = "Europe/Warsaw"
ZONES = [WARSAW, "UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(WARSAW)).astimezone(UTC)


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        (local(2026, 11, 25, 8, 0), local(2026, 11, 25, 8, 0)),
        (local(2026, 11, 25, 19, 59), local(2026, 11, 25, 19, 59)),
        (local(2026, 11, 25, 20, 0), local(2026, 11, 26, 8, 0)),
        (local(2026, 11, 25, 7, 59), local(2026, 11, 25, 8, 0)),
        (local(2026, 3, 28, 22, 0), local(2026, 3, 29, 8, 0)),  # an hour shorter
        (local(2026, 10, 24, 22, 0), local(2026, 10, 25, 8, 0)),  # an hour longer
    ],
)
def test_by_the_clock_on_the_wall(at, goes):
    assert quiet.next_moment(at, WARSAW, 20, 8) == goes


def test_the_night_of_the_change_is_an_hour_shorter_or_longer():
    spring, autumn = local(2026, 3, 28, 22, 0), local(2026, 10, 24, 22, 0)
    assert quiet.next_moment(spring, WARSAW, 20, 8) - spring == timedelta(hours=9)
    assert quiet.next_moment(autumn, WARSAW, 20, 8) - autumn == timedelta(hours=11)


@given(
    at=st.integers(1_577_836_800, 2_208_988_800).map(moment),
    zone=st.sampled_from(ZONES),
    start=st.integers(16, 23),
    end=st.integers(6, 12),
)
def test_never_inside_and_never_far(at, zone, start, end):
    goes = quiet.next_moment(at, zone, start, end)
    assert end <= goes.astimezone(ZoneInfo(zone)).hour < start
    assert timedelta() <= goes - at <= timedelta(hours=21)
    assert quiet.next_moment(goes, zone, start, end) == goes


NIGHT, MORNING = local(2026, 11, 24, 23, 30), local(2026, 11, 25, 8, 0)


@pytest.fixture
def nights(settings, db) -> None:
    settings.MAIL_AT_ONCE = False


def test_a_letter_of_the_night_goes_in_the_morning(nights, marta, smtp):
    letter = to_staff(marta, NIGHT)
    outbox.post(letter, at=NIGHT)
    outbox.deliver_due(at=MORNING - timedelta(seconds=1))
    assert smtp.took == []
    outbox.deliver_due(at=MORNING)
    assert len(smtp.took) == 1


def test_a_letter_held_up_into_the_night_waits_for_the_morning(nights, marta, smtp):
    """A server that was down all day, a worker that did not run: it is back at half past eleven."""
    letter = to_staff(marta, local(2026, 11, 24, 19, 55))
    outbox.deliver_due(at=NIGHT)
    assert smtp.took == []
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.next_try_at) == ("waiting", 0, MORNING)
    outbox.deliver_due(at=MORNING)
    assert len(smtp.took) == 1


def test_the_hours_are_a_setting_of_the_firm(nights, marta, ada):
    setup.set_setting(by=None, at=NIGHT - timedelta(days=1), key="quiet_until", value=9, why="x")
    assert to_staff(marta, NIGHT).next_try_at == MORNING + timedelta(hours=1)


def test_what_was_asked_for_this_minute_goes_at_once(nights, anna, marta):
    say_yes(capture(anna, marta, NIGHT).invitation, NIGHT, channels=["sms"])
    deliver(NIGHT + timedelta(minutes=6))
    kinds = dict(Message.objects.values_list("kind", "state"))
    assert kinds == {"confirmed": "sent"}
    answer(capture(anna, marta, NIGHT, name="Ola").invitation, NIGHT, phone="+48601673418")
    deliver(NIGHT + timedelta(minutes=7))
    assert Message.objects.get(kind="confirm").state == "sent"


def test_an_hour_later_it_can_wait_for_the_morning_too(nights, marta):
    said = Letter("password", marta.email, "S", "B", "pl", person=marta)
    message = write(said, event=None, at=NIGHT)
    assert message.next_try_at == NIGHT
    assert quiet.is_exempt("password", NIGHT, NIGHT + timedelta(minutes=59))
    assert not quiet.is_exempt("password", NIGHT, NIGHT + timedelta(minutes=61))
    assert quiet.is_exempt("roots", NIGHT, NIGHT + timedelta(hours=5))


def test_a_retry_does_not_ring_at_night(nights, marta, smtp):
    letter = to_staff(marta, local(2026, 11, 24, 19, 59))
    smtp.script = ["rcpt 452 4.2.2 full", "ok"]
    outbox.deliver_due(at=local(2026, 11, 24, 19, 59))
    letter.refresh_from_db()
    assert letter.next_try_at == MORNING
