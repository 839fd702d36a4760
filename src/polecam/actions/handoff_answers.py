"""Answers to a hand-off: taken, declined, taken back, or run out of time."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from polecam.actions import handoff_steps as steps
from polecam.claims.handoffs import queries, rules
from polecam.claims.handoffs.rules import ANYONE
from polecam.claims.models import OPEN_HANDOFFS, Claim, Handoff, HandoffState
from polecam.claims.rules import Part
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.store.tx import action, each


def accept(*, by: Person, at: datetime, handoff: Handoff) -> Handoff:
    """A colleague takes it; of several whom it fits, the first. The same tap twice is once.

    The floor is fixed now. The referral moves at once where the friend's consent allows, else with
    the friend's own word. Raises Refused ("handoff_over", "handoff_taken", "handoff_changed",
    "handoff_disputed", "handoff_not_fitting"), NotAllowed.
    """
    with action():
        require(by, Permission.WORK_REFERRALS, handoff.branch_id)
        referral, handoff = steps.locked(handoff)
        _require_receiver(by, handoff)
        if handoff.state in (HandoffState.ACCEPTED, HandoffState.DONE):
            return handoff
        rules.require_move(handoff.state, HandoffState.ACCEPTED)
        rules.require_time(handoff.expires_at, at)
        steps.held_by_giver(handoff, referral, at=at)
        if queries.floor_waits(referral, handoff.floor_bp, at=at):
            raise Refused("handoff_disputed")
        agreed = queries.parts_of(handoff)
        if handoff.receiver_id is None:
            if not queries.fits(by, handoff, at=at):
                raise NotAllowed("handoff_not_fitting")
            agreed = rules.taken_by(agreed, by.pk)
            steps.write_split(handoff, agreed)
        handoff.receiver = by
        _require_unchanged(handoff, referral, agreed)
        steps.fix(handoff, referral, by=by, at=at)
    return handoff


def decline(*, by: Person, at: datetime, handoff: Handoff) -> Handoff:
    """No, thank you: the named colleague, or the holder to what the boss proposed. No reason.

    Raises Refused("handoff_over"), NotAllowed.
    """
    with action():
        referral, handoff = steps.locked(handoff)
        proposed = handoff.state == HandoffState.PROPOSED
        if handoff.state == HandoffState.DECLINED and by.pk in _sides(handoff):
            return handoff
        if by.pk != (handoff.giver_id if proposed else handoff.receiver_id):
            raise NotAllowed("not_yours_to_answer")
        return steps.close(handoff, referral, HandoffState.DECLINED, by=by, at=at)


def withdraw(*, by: Person, at: datetime, handoff: Handoff) -> Handoff:
    """Taken back before it is done: by its giver, or (while it waits for the giver) by the boss.

    Raises Refused("handoff_over"), NotAllowed.
    """
    with action():
        referral, handoff = steps.locked(handoff)
        proposed = handoff.state == HandoffState.PROPOSED
        if handoff.state == HandoffState.WITHDRAWN and by.pk in _sides(handoff):
            return handoff
        if by.pk != (handoff.proposed_by_id if proposed else handoff.giver_id):
            raise NotAllowed("not_yours_to_answer")
        return steps.close(handoff, referral, HandoffState.WITHDRAWN, by=by, at=at)


def expire_due(*, at: datetime) -> int:
    """End hand-offs whose time is over, or whose referral is no longer the giver's to give.

    Each in its own short transaction; how many. Harmless to repeat.
    """
    held = Claim.objects.filter(
        Q(holder=OuterRef("giver")) | Q(holder=OuterRef("receiver")),
        referral=OuterRef("referral"),
        ended_at=None,
        until__gt=at,
    )
    over = Q(expires_at__lte=at) | ~Q(referral__state__in=states.WORKABLE) | ~Exists(held)
    due = Handoff.objects.filter(over, state__in=OPEN_HANDOFFS).order_by("id")
    return each(list(due), lambda handoff: _expire(handoff, at))


def _expire(handoff: Handoff, at: datetime) -> bool:
    with action():
        referral, handoff = steps.locked(handoff)
        if handoff.state not in OPEN_HANDOFFS:
            return False
        steps.close(handoff, referral, HandoffState.EXPIRED, by=None, at=at)
    return True


def _sides(handoff: Handoff) -> set[int | None]:
    return {handoff.giver_id, handoff.receiver_id, handoff.proposed_by_id}


def _require_receiver(by: Person, handoff: Handoff) -> None:
    """The named colleague; for an offer to whoever fits anyone else but its giver, in time."""
    if handoff.receiver_id == by.pk:
        return
    wanted = bool(handoff.wanted_language or handoff.wanted_product or handoff.wanted_place)
    if handoff.receiver_id is not None and wanted and handoff.answered_at is not None:
        raise Refused("handoff_taken")
    if handoff.receiver_id is not None or handoff.giver_id == by.pk:
        raise NotAllowed("not_yours_to_answer")


def _require_unchanged(handoff: Handoff, referral: Referral, agreed: Sequence[Part]) -> None:
    """What both saw must be what happens: the shares may have changed since the offer."""
    becomes = rules.moved(
        steps.in_force(referral),
        agreed,
        giver_id=handoff.giver_id,
        originator_id=referral.originator_id,
        receiver_id=handoff.receiver_id or ANYONE,
    )
    if not rules.same(becomes, agreed):
        raise Refused("handoff_changed")
