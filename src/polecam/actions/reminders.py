"""Friends are reminded of a meeting they agreed to, so that fewer miss it."""

from datetime import datetime, timedelta

from polecam.journal.record import record
from polecam.organisation import settings
from polecam.organisation.settings import KINDS
from polecam.referrals import states
from polecam.referrals.models import Meeting
from polecam.store.tx import action, lock

FURTHEST = timedelta(hours=KINDS["meeting_reminder_hours"].high or 0)


def remind_due(*, at: datetime) -> int:
    """Note which meetings are to be reminded of now, once each; the worker sends the message.

    How long before is a setting of the branch (hours; 0: never). A meeting set within that time
    needs no reminder: the friend has just agreed to it. Returns how many.
    """
    ahead = Meeting.objects.filter(
        at__gt=at,
        at__lte=at + FURTHEST,
        held_at=None,
        missed_at=None,
        reminded_at=None,
        referral__state=states.MEETING,
        referral__erased_at=None,
    ).select_related("referral")
    return sum(_remind(meeting, at) for meeting in ahead.order_by("id"))


def _remind(meeting: Meeting, at: datetime) -> bool:
    hours = settings.value("meeting_reminder_hours", at=at, branch=meeting.referral.branch_id)
    if not hours or meeting.at > at + timedelta(hours=hours):
        return False
    with action():
        referral = lock(meeting.referral)
        meeting = lock(meeting)
        over = meeting.held_at or meeting.missed_at or meeting.reminded_at
        if over or referral.state != states.MEETING or meeting.at <= at:
            return False
        meeting.reminded_at = at
        meeting.save(update_fields=["reminded_at"])
        record(
            "referral.meeting_near",
            referral,
            by=None,
            at=at,
            branch=referral.branch_id,
            data={"meeting": meeting.public_id, "meeting_at": meeting.at},
        )
    return True
