"""Inner steps of a hand-off, inside the transaction of the action that calls them.

Locks: the referral first, then the hand-off.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from polecam.actions import claims, credit
from polecam.claims import queries as claiming
from polecam.claims.contact import covers
from polecam.claims.handoffs import queries, rules
from polecam.claims.handoffs.queries import in_force, lowest_floor
from polecam.claims.handoffs.rules import ANYONE
from polecam.claims.models import Cause, Claim, Handoff, HandoffShare, HandoffState, ShareReason
from polecam.claims.rules import Part, part_of
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.messages.gateway import sms_possible
from polecam.people.models import Person
from polecam.privacy.queries import active, active_channels
from polecam.referrals import states
from polecam.referrals.models import Meeting, Referral
from polecam.store.tx import lock

__all__ = [
    "close",
    "finish",
    "fix",
    "give_back",
    "held_by_giver",
    "in_force",
    "locked",
    "lowest_floor",
    "require_agreeable",
    "require_running",
    "told",
    "write_split",
]


def locked(handoff: Handoff) -> tuple[Referral, Handoff]:
    """Both rows, locked and fresh, in the order of the house."""
    referral = lock(Referral.objects.get(pk=handoff.referral_id))
    return referral, lock(handoff)


def held_by_giver(handoff: Handoff, referral: Referral, *, at: datetime) -> Claim:
    """The claim under which the giver still works it. Raises Refused("handoff_over") without it."""
    claim = claiming.active(referral, at=at)
    if claim is None or claim.holder_id != handoff.giver_id:
        raise Refused("handoff_over")
    if referral.state not in states.WORKABLE:
        raise Refused("handoff_over")
    return claim


def require_running(handoff: Handoff, referral: Referral, *, at: datetime) -> Claim:
    """As `held_by_giver`; the claim of a leaver may have gone to the receiver before the friend
    answers (the contact is locked until then)."""
    claim = claiming.active(referral, at=at)
    if claim is not None and claim.holder_id == handoff.receiver_id:
        return claim
    return held_by_giver(handoff, referral, at=at)


def require_agreeable(
    handoff: Handoff, referral: Referral, parts: Sequence[Part], *, at: datetime
) -> None:
    """Raise Refused where the split takes what is not the giver's, or a floor (see rules.check)."""
    rules.check(
        in_force(referral),
        parts,
        giver_id=handoff.giver_id,
        originator_id=referral.originator_id,
        receiver_id=handoff.receiver_id or ANYONE,
        floor_bp=handoff.floor_bp,
        lowest_bp=lowest_floor(referral, at=at),
    )


def write_split(handoff: Handoff, parts: Sequence[Part]) -> None:
    """The split both see, in the place of an earlier one."""
    HandoffShare.objects.filter(handoff=handoff).delete()
    HandoffShare.objects.bulk_create(
        HandoffShare(
            handoff=handoff, person_id=p.person_id or None, role=p.role, share_bp=p.share_bp
        )
        for p in parts
    )


def fix(handoff: Handoff, referral: Referral, *, by: Person | None, at: datetime) -> None:
    """Somebody takes it: the floor goes into the ledger of shares before any contact is shown.

    Where the friend's consent covers the receiver, the referral moves at once; else the friend is
    asked, and until then nothing moves. The caller has set `receiver` and checked the rest.
    """
    claim = held_by_giver(handoff, referral, at=at)
    receiver = handoff.receiver
    if receiver is None:
        raise ValueError("somebody must take it")
    handoff.names_branch = covers(receiver, referral, at=at)
    handoff.state, handoff.answered_at = HandoffState.ACCEPTED, at
    handoff.expires_at = rules.friend_until(at, claim.until)
    asks = not handoff.names_branch
    if asks:  # else the floor is fixed with the split, in this very transaction
        floors = rules.fixed(in_force(referral), referral.originator_id, handoff.floor_bp)
        source = handoff.public_id
        credit.share_anew(referral, floors, by=by, at=at, reason=ShareReason.HANDOFF, source=source)
    writes = asks and _can_write(referral, at=at)
    handoff.asked_friend_at = at if writes else None
    handoff.save()
    told(
        "handoff.accepted",
        handoff,
        referral,
        by=by,
        at=at,
        receiver=receiver.pk,
        asks=asks,
        send=writes,
        until=handoff.expires_at,
    )
    if not asks:
        finish(handoff, referral, by=by, at=at)


def _can_write(referral: Referral, *, at: datetime) -> bool:
    """Whether the friend agreed to be written to, by a medium that works here."""
    channels = active_channels(referral.public_id, at=at)
    return "email" in channels or ("sms" in channels and sms_possible())


def finish(handoff: Handoff, referral: Referral, *, by: Person | None, at: datetime) -> None:
    """The referral is the receiver's: shares anew, the claim moves, contact opens and locks."""
    receiver = handoff.receiver
    if receiver is None:
        raise ValueError("somebody must take it")
    claim = require_running(handoff, referral, at=at)
    if claim.holder_id != receiver.pk:
        parts = rules.moved(
            in_force(referral),
            queries.parts_of(handoff),
            giver_id=handoff.giver_id,
            originator_id=referral.originator_id,
            receiver_id=receiver.pk,
        )
        credit.share_anew(
            referral,
            rules.fixed(parts, referral.originator_id, handoff.floor_bp),
            by=by,
            at=at,
            reason=ShareReason.HANDOFF,
            source=handoff.public_id,
        )
        claims.transfer(referral, to=receiver, at=at, cause=Cause.HANDOFF)
    rules.require_move(handoff.state, HandoffState.DONE)
    handoff.state, handoff.done_at = HandoffState.DONE, at
    handoff.save(update_fields=["state", "done_at"])
    told("handoff.done", handoff, referral, by=by, at=at, receiver=receiver.pk)


def close(
    handoff: Handoff,
    referral: Referral,
    state: str,
    *,
    by: Person | None,
    at: datetime,
    **data: Any,
) -> Handoff:
    """It comes to nothing: everything stays as it was. `state` is its end."""
    rules.require_move(handoff.state, state)
    was = handoff.state
    handoff.state, handoff.ended_at = state, at
    if was == HandoffState.OFFERED and state == HandoffState.DECLINED:
        handoff.answered_at = at
    handoff.save(update_fields=["state", "ended_at", "answered_at"])
    told(f"handoff.{state}", handoff, referral, by=by, at=at, was=str(was), **data)
    return handoff


def give_back(handoff: Handoff, referral: Referral, *, at: datetime) -> bool:
    """An absence is over: what the cover has not won goes back. Whether it did.

    Shares go back to the set before the hand-off, unless the cover held a meeting (then what was
    agreed stays: they did the work) or another agreement came later. What is won, ended, or no
    longer the cover's stays as it is, and so does everything of a giver who has left.
    """
    claim = claiming.active(referral, at=at)
    own = claim is not None and claim.holder_id == handoff.receiver_id
    stays = referral.state not in states.WORKABLE or not handoff.giver.is_active
    if not own or not stays:
        _end_cover(handoff, referral, at=at)
    if not own or stays:
        handoff.ended_at = at
        handoff.save(update_fields=["ended_at"])
        return False
    claims.transfer(referral, to=handoff.giver, at=at, cause=Cause.RETURN)
    before = _set_before(handoff, referral)
    if before is not None and not _cover_met(handoff, referral):
        credit.share_anew(
            referral, before, by=None, at=at, reason=ShareReason.UNDONE, source=handoff.public_id
        )
    rules.require_move(handoff.state, HandoffState.RETURNED)
    handoff.state, handoff.ended_at = HandoffState.RETURNED, at
    handoff.save(update_fields=["state", "ended_at"])
    told("handoff.returned", handoff, referral, by=None, at=at, receiver=handoff.receiver_id)
    return True


def _end_cover(handoff: Handoff, referral: Referral, *, at: datetime) -> None:
    """The friend agreed to the cover for the time of the absence only, which is over."""
    given = active(referral.public_id).filter(
        receiver=handoff.receiver_id, source="handoff", wording__code__endswith="_cover"
    )
    given.update(withdrawn_at=at)


def _set_before(handoff: Handoff, referral: Referral) -> list[Part] | None:
    """The shares before this hand-off, with the floors of now; None once another set followed."""
    sets = claiming.share_sets(referral)
    if sets[-1][0].source != handoff.public_id:
        return None
    earlier = [rows for rows in sets if rows[0].source != handoff.public_id]
    floors = {row.person_id: row.floor_bp for row in sets[-1]}
    return [
        replace(part_of(row), floor_bp=max(row.floor_bp, floors.get(row.person_id, 0)))
        for row in earlier[-1]
    ]


def _cover_met(handoff: Handoff, referral: Referral) -> bool:
    return Meeting.objects.filter(referral=referral, held_at__gte=handoff.done_at).exists()


def told(
    kind: str,
    handoff: Handoff,
    referral: Referral,
    *,
    by: Person | None,
    at: datetime,
    text: str = "",
    **data: Any,
) -> None:
    """An event of the referral's own story; `data` besides the hand-off and its giver."""
    about = {"handoff": handoff.public_id, "giver": handoff.giver_id, "kind": handoff.kind}
    record(
        kind,
        referral,
        by=by,
        at=at,
        branch=referral.branch_id,
        data=about | data,
        text=text,
        nonce=handoff.nonce if text else "",
    )
