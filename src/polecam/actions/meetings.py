"""Meetings confirmed by someone else, which pays; and what a meeting that took place leaves."""

from datetime import datetime

from polecam.actions import bonuses, claims
from polecam.actions.holder import earners, keep, require_impartial
from polecam.claims import queries
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.kit.periods import month_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals import states, tally
from polecam.referrals.models import Meeting, Referral
from polecam.store.tx import action, lock


def confirm(*, by: Person | None, at: datetime, meeting: Meeting) -> Meeting:
    """Someone else says that the meeting took place: the boss, or (`by` None) the friend's link.

    The first confirmed meeting of a referral earns, and with it a consent that could not be
    confirmed through its own channel (decisions.md); later ones are only noted. Raises Refused
    ("own_confirmation", "meeting_ahead", "meeting_settled", "meeting_not_held"), NotAllowed.
    """
    with action():
        referral = lock(meeting.referral)
        require(by, Permission.CONFIRM, referral.branch_id)
        require_impartial(by, earners(referral) | {meeting.set_by_id}, referral.branch_id, at=at)
        meeting = lock(meeting)
        if meeting.confirmed_at:
            return meeting
        if by is not None and not meeting.held_at:
            raise Refused("meeting_not_held")
        if not meeting.held_at:
            require_past(meeting, at)
            mark_held(referral, meeting, by=None, at=at)
        first = not Meeting.objects.filter(referral=referral, confirmed_at__isnull=False).exists()
        meeting.confirmed_at, meeting.confirmed_by = at, by
        meeting.save(update_fields=["confirmed_at", "confirmed_by"])
        record(
            "referral.meeting_confirmed",
            referral,
            by=by,
            at=at,
            branch=referral.branch_id,
            data={"meeting": meeting.public_id, "first": first},
        )
        if first:
            bonuses.credit(kind="consent", referral=referral, source=referral, at=at, by=by)
            bonuses.credit(kind="meeting", referral=referral, source=meeting, at=at, by=by)
    return meeting


def require_past(meeting: Meeting, at: datetime) -> None:
    """Raise Refused: "meeting_settled" when held or missed before, "meeting_ahead" too early."""
    if meeting.held_at or meeting.missed_at:
        raise Refused("meeting_settled")
    if meeting.at > at:
        raise Refused("meeting_ahead")


def mark_held(referral: Referral, meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Inner step: the meeting took place; counted once a referral, and it secures the claim."""
    first = not Meeting.objects.filter(referral=referral, held_at__isnull=False).exists()
    meeting.held_at = at
    meeting.save(update_fields=["held_at"])
    if referral.state in states.WORKABLE:
        if queries.active(referral, at=at):
            claims.extend(referral=referral, at=at)
        keep(referral, at=at, state=states.MEETING)
    if first:
        month = month_of(at, settings.zone())
        tally.bump(referral.branch_id, referral.originator_id, month, meetings=1)
    record(
        "referral.meeting_held",
        referral,
        by=by,
        at=at,
        branch=referral.branch_id,
        data={"meeting": meeting.public_id},
    )
