"""A referral is offered to a colleague, answered, or taken back; the boss may only propose."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from polecam.actions import handoff_steps as steps
from polecam.actions.holder import take_up
from polecam.claims import queries as claiming
from polecam.claims.handoffs import queries, rules
from polecam.claims.handoffs.rules import ANYONE, Wanted
from polecam.claims.models import Handoff, HandoffKind, HandoffState
from polecam.claims.rules import Part
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import settings
from polecam.people import queries as people
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.privacy.queries import active_channels
from polecam.referrals import queries as referrals
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.referrals.rules import holds_contact, need_known
from polecam.store.tx import action, lock

OWN_KINDS = frozenset(HandoffKind.values) - {HandoffKind.LEAVING}
"""Kinds that one person may choose; whole portfolios move by their own operation."""
NOBODY = Wanted()


def offer(
    *,
    by: Person,
    at: datetime,
    referral: Referral,
    kind: str,
    receiver: Person | None = None,
    wanted: Wanted = NOBODY,
    parts: Sequence[Part] | None = None,
    floor_bp: int | None = None,
    note: str = "",
) -> Handoff:
    """The holder offers a referral to `receiver`, or (None) to whoever fits what is `wanted`.

    `parts`: the split (ANYONE for whoever accepts), by default the usual one of the kind;
    `floor_bp`: below it the originator never falls, by default the lowest possible. Raises Refused
    ("handoff_kind", "handoff_open", "handoff_unfit", "handoff_away", "handoff_oneself",
    "handoff_wanted", "handoff_nobody", "handoff_no_part", "handoff_lent", "handoff_disputed",
    "no_consent", "no_number_please", "note_long", and what rules.check refuses), NotAllowed for
    anyone but the holder.
    """
    note = _checked(kind, note, wanted)
    with action():
        referral, claim = take_up(by=by, at=at, referral=referral)
        handoff = _new(referral, by, receiver, by=by, at=at, kind=kind, wanted=wanted, note=note)
        hours = settings.value("handoff_hours", at=at, branch=referral.branch_id)
        handoff.expires_at = rules.answer_until(at, hours, claim.until)
        handoff.state = HandoffState.OFFERED
        _save(handoff, referral, parts, floor_bp, by=by, at=at, kind="handoff.offered")
    return handoff


def propose(
    *,
    by: Person,
    at: datetime,
    referral: Referral,
    kind: str,
    receiver: Person | None = None,
    wanted: Wanted = NOBODY,
    note: str = "",
) -> Handoff:
    """The boss proposes a hand-off with the usual split; its holder agrees, changes it, declines.

    Only for what the boss oversees. Raises as `offer`, and Refused("claim_over").
    """
    note = _checked(kind, note, wanted)
    with action():
        require(by, Permission.PROPOSE_HANDOFF, referral.branch_id)
        if not referrals.overseen(by, at=at).filter(pk=referral.pk).exists():
            raise NotAllowed("not_overseen")
        referral = lock(referral)
        states.require_workable(referral.state)
        claim = claiming.active(referral, at=at)
        if claim is None:
            raise Refused("claim_over")
        if claim.holder_id == by.pk:
            raise Refused("handoff_own")
        holder = claim.holder
        handoff = _new(
            referral, holder, receiver, by=by, at=at, kind=kind, wanted=wanted, note=note
        )
        hours = settings.value("handoff_hours", at=at, branch=referral.branch_id)
        handoff.expires_at = rules.answer_until(at, hours, claim.until)
        handoff.state = HandoffState.PROPOSED
        _save(handoff, referral, None, None, by=by, at=at, kind="handoff.proposed")
    return handoff


def agree(
    *,
    by: Person,
    at: datetime,
    handoff: Handoff,
    parts: Sequence[Part] | None = None,
    floor_bp: int | None = None,
) -> Handoff:
    """The holder agrees to what the boss proposed, perhaps with another split: it is offered now.

    Raises Refused ("handoff_over", "handoff_disputed", and what rules.check refuses), NotAllowed.
    """
    with action():
        referral, handoff = steps.locked(handoff)
        _require_giver(by, handoff)
        if handoff.state == HandoffState.OFFERED and parts is None:
            return handoff
        rules.require_move(handoff.state, HandoffState.OFFERED)
        rules.require_time(handoff.expires_at, at)
        claim = steps.held_by_giver(handoff, referral, at=at)
        hours = settings.value("handoff_hours", at=at, branch=referral.branch_id)
        handoff.expires_at = rules.answer_until(at, hours, claim.until)
        handoff.state = HandoffState.OFFERED
        split = queries.parts_of(handoff) if parts is None else parts
        floor = handoff.floor_bp if floor_bp is None else floor_bp
        _save(handoff, referral, split, floor, by=by, at=at, kind="handoff.offered")
    return handoff


# --- steps ----------------------------------------------------------------------------------------


def _checked(kind: str, note: str, wanted: Wanted) -> str:
    """The note with single spaces. Raises Refused for a kind, a note or a wish that cannot be."""
    if kind not in OWN_KINDS:
        raise Refused("handoff_kind", field="kind")
    note = " ".join(note.split())
    if len(note) > rules.LONGEST_NOTE:
        raise Refused("note_long", field="note")
    if holds_contact(note) or holds_contact(wanted.place):
        raise Refused("no_number_please", field="note")
    if not need_known(wanted.product):
        raise Refused("unknown_need", field="product")
    return note


def _new(
    referral: Referral,
    giver: Person,
    receiver: Person | None,
    *,
    by: Person,
    at: datetime,
    kind: str,
    wanted: Wanted,
    note: str,
) -> Handoff:
    """A hand-off not yet saved, once it is clear that it may be made at all."""
    if queries.open_of(referral) is not None:
        raise Refused("handoff_open")
    if queries.is_lent(referral, giver, at=at):
        raise Refused("handoff_lent")
    if not active_channels(referral.public_id, at=at):
        raise Refused("no_consent")
    if not rules.part(steps.in_force(referral), giver.pk):
        raise Refused("handoff_no_part")
    if receiver is None:
        if not wanted:
            raise Refused("handoff_wanted", field="to")
        if not queries.fitting(wanted, referral.branch_id, at=at, but=[giver.pk]):
            raise Refused("handoff_nobody", field="to")
    else:
        _require_fit(giver, receiver, referral, at=at)
    return Handoff(
        referral=referral,
        branch_id=referral.branch_id,
        giver=giver,
        receiver=receiver,
        proposed_by=by,
        kind=kind,
        wanted_language=wanted.language[:2],
        wanted_product=wanted.product,
        wanted_place=wanted.place.strip()[:60],
        note=note,
        nonce=secrets.token_hex(16) if note else "",
        made_at=at,
    )


def _require_fit(giver: Person, receiver: Person, referral: Referral, *, at: datetime) -> None:
    if receiver.pk == giver.pk:
        raise Refused("handoff_oneself", field="to")
    if not queries.colleagues(referral.branch_id, at=at).filter(pk=receiver.pk).exists():
        here = people.team(referral.branch_id).filter(pk=receiver.pk).exists()
        raise Refused("handoff_away" if here else "handoff_unfit", field="to")


def _save(
    handoff: Handoff,
    referral: Referral,
    parts: Sequence[Part] | None,
    floor_bp: int | None,
    *,
    by: Person,
    at: datetime,
    kind: str,
) -> None:
    """Check the split, write it with the hand-off, tell the journal."""
    receiver_id = handoff.receiver_id or ANYONE
    if parts is None:
        parts = queries.usual(
            referral,
            giver_id=handoff.giver_id,
            receiver_id=receiver_id,
            kind=handoff.kind,
            at=at,
        )
    lowest = steps.lowest_floor(referral, at=at)
    handoff.floor_bp = lowest if floor_bp is None else floor_bp
    if queries.floor_waits(referral, handoff.floor_bp, at=at):
        raise Refused("handoff_disputed", field="floor")
    steps.require_agreeable(handoff, referral, parts, at=at)
    handoff.save()
    steps.write_split(handoff, parts)
    steps.told(
        kind,
        handoff,
        referral,
        by=by,
        at=at,
        text=handoff.note,
        receiver=handoff.receiver_id,
        people=[p.person_id for p in parts],
        shares_bp=[p.share_bp for p in parts],
        floor_bp=handoff.floor_bp,
        until=handoff.expires_at,
    )


def _require_giver(by: Person, handoff: Handoff) -> None:
    require(by, Permission.WORK_REFERRALS)
    if handoff.giver_id != by.pk:
        raise NotAllowed("not_yours_to_answer")
