"""Work on a referral after consent: contacts, meetings, next steps, and a quiet end.

Only the holder of the claim works a referral; money starts where someone else confirms, in
`actions.meetings` and `actions.sales`.
"""

from datetime import date, datetime, timedelta

from polecam.actions import claims
from polecam.actions.holder import keep, release, take_up
from polecam.actions.meetings import mark_held, require_past
from polecam.actions.once import once
from polecam.claims.contact import covers
from polecam.claims.models import Claim
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.privacy import queries as privacy
from polecam.referrals import states
from polecam.referrals.models import Contact, ContactResult, Meeting, Referral
from polecam.referrals.steps import (
    LOST_REASONS,
    MEETING_AHEAD_DAYS,
    MEETING_BACK_DAYS,
    NEXT_STEPS,
    STEP_DAYS,
)
from polecam.store.fields import new_public_id
from polecam.store.tx import action, lock

CALLING = ("phone", "sms", "email")
"""Channels through which the seller reaches out; a visit is the friend's own coming."""


def log_contact(
    *, by: Person, at: datetime, referral: Referral, channel: str, result: str, key: str = ""
) -> Contact:
    """Note an attempt to reach the friend; one that reached them secures the exclusivity.

    `key` is the form's random key: the same form sent twice logs once. Raises Refused
    ("no_consent" without an active consent for `channel`, "contact_result"), NotAllowed.
    """
    if result not in ContactResult.values:
        raise Refused("contact_result", field="result")
    payload = {"referral": referral.public_id, "channel": channel, "result": result}

    def write() -> Contact:
        return _contact(by=by, at=at, referral=referral, channel=channel, result=result)

    with action():
        contact, _made = once(
            by.public_id, key or new_public_id(), payload, at=at, make=write, model=Contact
        )
    return contact


def _contact(*, by: Person, at: datetime, referral: Referral, channel: str, result: str) -> Contact:
    referral, claim = take_up(by=by, at=at, referral=referral)
    if channel not in CALLING or channel not in privacy.active_channels(referral.public_id, at=at):
        raise Refused("no_consent", channel=channel)
    if not covers(by, referral, at=at, channel=channel):
        raise Refused("friend_not_asked")
    contact = Contact.objects.create(
        referral=referral, by=by, channel=channel, result=result, at=at
    )
    reached = result == ContactResult.REACHED
    if reached:
        referral.next_step, referral.next_step_at = "", None
    claims.worked(referral, claim, "reached" if reached else "attempt", at=at)
    keep(referral, at=at, state=states.after_contact(referral.state, reached))
    record(
        "referral.contacted",
        referral,
        by=by,
        at=at,
        branch=referral.branch_id,
        data={"contact": contact.public_id, "channel": channel, "result": result},
    )
    return contact


def set_meeting(*, by: Person, at: datetime, referral: Referral, meeting_at: datetime) -> Meeting:
    """Set the meeting, or move the one that is still ahead; twice the same is once.

    `meeting_at` may lie up to a week back (someone came in unannounced). Raises
    Refused("meeting_time"), NotAllowed.
    """
    early = at - timedelta(days=MEETING_BACK_DAYS)
    if not early <= meeting_at <= at + timedelta(days=MEETING_AHEAD_DAYS):
        raise Refused("meeting_time", field="meeting_at")
    with action():
        referral, claim = take_up(by=by, at=at, referral=referral)
        meeting = Meeting.objects.filter(referral=referral, held_at=None, missed_at=None).first()
        if meeting and meeting.at == meeting_at:
            return meeting
        moved = meeting is not None
        meeting = meeting or Meeting(referral=referral, set_by=by)
        meeting.at, meeting.set_by, meeting.reminded_at = meeting_at, by, None
        meeting.save()
        referral.next_step, referral.next_step_at = "", None
        claims.worked(referral, claim, "meeting", at=at)
        keep(referral, at=at, state=states.MEETING)
        record(
            "referral.meeting_set",
            referral,
            by=by,
            at=at,
            branch=referral.branch_id,
            data={"meeting": meeting.public_id, "meeting_at": meeting_at, "moved": moved},
        )
    return meeting


def hold_meeting(*, by: Person, at: datetime, meeting: Meeting) -> Meeting:
    """The meeting took place. Probable money only: someone else's word makes it count.

    Raises Refused ("meeting_ahead", "meeting_settled"), NotAllowed.
    """
    with action():
        referral, _claim = take_up(by=by, at=at, referral=meeting.referral)
        meeting = lock(meeting)
        if meeting.held_at:
            return meeting
        require_past(meeting, at)
        mark_held(referral, meeting, by=by, at=at)
    return meeting


def miss_meeting(*, by: Person, at: datetime, meeting: Meeting) -> Meeting:
    """The friend did not come. No figure goes down; a new time may be set.

    Raises Refused ("meeting_ahead", "meeting_settled"), NotAllowed.
    """
    with action():
        referral, _claim = take_up(by=by, at=at, referral=meeting.referral)
        meeting = lock(meeting)
        if meeting.missed_at:
            return meeting
        require_past(meeting, at)
        meeting.missed_at = at
        meeting.save(update_fields=["missed_at"])
        keep(referral, at=at)
        record(
            "referral.no_show",
            referral,
            by=by,
            at=at,
            branch=referral.branch_id,
            data={"meeting": meeting.public_id},
        )
    return meeting


def plan_step(*, by: Person, at: datetime, referral: Referral, step: str, on: date) -> Referral:
    """Plan what comes next and on which day to be reminded of it.

    Raises Refused ("next_step", "step_day": from today to half a year ahead), NotAllowed.
    """
    if step not in NEXT_STEPS:
        raise Refused("next_step", field="step")
    zone = settings.zone()
    today = day_of(at, zone)
    if not today <= on <= today + timedelta(days=STEP_DAYS):
        raise Refused("step_day", field="on", days=STEP_DAYS)
    with action():
        referral, _claim = take_up(by=by, at=at, referral=referral)
        due = day_bounds(on, zone)[0]
        if (referral.next_step, referral.next_step_at) == (step, due):
            return referral
        referral.next_step, referral.next_step_at = step, due
        keep(referral, at=at)
        record(
            "referral.next_step",
            referral,
            by=by,
            at=at,
            branch=referral.branch_id,
            data={"step": step, "on": on},
        )
    return referral


def lose(*, by: Person, at: datetime, referral: Referral, reason: str) -> Referral:
    """End a referral that came to nothing; authorship stays in the journal.

    Raises Refused ("lost_reason"), NotAllowed.
    """
    if reason not in LOST_REASONS:
        raise Refused("lost_reason", field="reason")
    with action():
        if _closed_before(lock(referral), by, reason):
            return referral
        referral, _claim = take_up(by=by, at=at, referral=referral)
        referral.lost_reason = reason
        referral.next_step, referral.next_step_at = "", None
        keep(referral, at=at, state=states.LOST)
        release(referral, at=at, reason="lost")
        record(
            "referral.lost",
            referral,
            by=by,
            at=at,
            branch=referral.branch_id,
            data={"reason": reason},
        )
    return referral


def _closed_before(referral: Referral, by: Person, reason: str) -> bool:
    """Whether the holder closed it for this very reason: a double tap."""
    same = referral.state == states.LOST and referral.lost_reason == reason
    return same and Claim.objects.filter(referral=referral, holder=by).exists()
