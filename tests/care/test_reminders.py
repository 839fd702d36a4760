"""Friends are reminded of a meeting by what they agreed to, once, and never too late."""

from datetime import timedelta

import pytest

from polecam.actions import privacy, referrals_work, reminders
from polecam.actions.setup import set_setting
from polecam.messages.models import Message
from polecam.privacy import queries as consents
from tests.privacy.friend import capture, deliver, say_yes

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_folder(settings, tmp_path):
    settings.MAIL_ROOT = tmp_path


@pytest.fixture
def meeting(anna, marta, at):
    """A friend who may be written to by SMS and e-mail; a meeting in three days."""
    invitation = capture(anna, marta, at - 5 * HOUR).invitation
    referral = say_yes(invitation, at - 4 * HOUR, channels=["sms", "email"], preferred="sms")
    return referrals_work.set_meeting(
        by=marta, at=at - HOUR, referral=referral, meeting_at=at + 72 * HOUR
    )


def reminded() -> int:
    return Message.objects.filter(kind="near").count()


def test_once_a_day_ahead(meeting, at):
    for hours in (1, 47, 48, 49, 71):
        reminders.remind_due(at=at + hours * HOUR)
        deliver(at + hours * HOUR)
        assert reminded() == (hours >= 48)
    message = Message.objects.get(kind="near")
    assert "Marta Zielinska" in message.body


def test_never_after_the_meeting_or_when_it_is_settled(meeting, marta, at):
    assert reminders.remind_due(at=at + 73 * HOUR) == 0
    referrals_work.set_meeting(by=marta, at=at, referral=meeting.referral, meeting_at=at - HOUR)
    meeting.refresh_from_db()
    referrals_work.miss_meeting(by=marta, at=at, meeting=meeting)
    assert reminders.remind_due(at=at - 2 * HOUR) == 0


def test_a_moved_meeting_is_reminded_of_anew(meeting, marta, at):
    reminders.remind_due(at=at + 60 * HOUR)
    deliver(at + 60 * HOUR)
    referrals_work.set_meeting(
        by=marta, at=at + 60 * HOUR, referral=meeting.referral, meeting_at=at + 120 * HOUR
    )
    assert reminders.remind_due(at=at + 61 * HOUR) == 0
    assert reminders.remind_due(at=at + 100 * HOUR) == 1
    deliver(at + 100 * HOUR)
    assert reminded() == 2


def test_whoever_agreed_to_no_message_gets_none(meeting, at):
    for consent in consents.active(meeting.referral.public_id):
        privacy.withdraw(consent=consent, at=at, channel=consent.channel)
    reminders.remind_due(at=at + 60 * HOUR)
    deliver(at + 60 * HOUR)
    assert reminded() == 0


def test_a_branch_may_choose_none(meeting, at):
    set_setting(by=None, at=at, key="meeting_reminder_hours", value=0, why="Piszemy sami")
    assert reminders.remind_due(at=at + 60 * HOUR) == 0
