"""Somebody leaves: what they led goes on with a colleague, and their name stays on it. Inner steps.

Authorship never moves. The claim does, at once; where the friend's consent names only whoever left,
contact stays locked for the colleague until the friend has said yes by their own link.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from polecam.actions import claims, credit, friends
from polecam.actions import handoff_steps as steps
from polecam.asking.models import FollowUp
from polecam.bonuses.models import CreditedFact, Leaver
from polecam.claims import queries as claiming
from polecam.claims.contact import covers
from polecam.claims.handoffs import queries as handoffs
from polecam.claims.handoffs.rules import lowest_floor
from polecam.claims.models import (
    OPEN_HANDOFFS,
    BulkHandoff,
    BulkItem,
    Cause,
    Claim,
    Handoff,
    HandoffKind,
    HandoffShare,
    HandoffState,
    ShareReason,
)
from polecam.claims.rules import Part, part_of
from polecam.clients.models import Client
from polecam.insights import portfolio
from polecam.journal.models import Event
from polecam.journal.record import record_many
from polecam.kit.periods import day_of
from polecam.messages.gateway import sms_possible
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.people.queries import left
from polecam.privacy.queries import active_channels
from polecam.referrals.models import Grant, Referral
from polecam.store.tx import lock


@dataclass(frozen=True, slots=True)
class Taken:
    """What was made of one referral: numbers of its sets of shares, ids of its claims."""

    before_set: int
    after_set: int
    before_claim: int
    after_claim: int


def take_over(
    referral: Referral,
    claim: Claim,
    *,
    to: Person,
    leaver: str,
    limits: tuple[int, int],
    by: Person | None,
    at: datetime,
    bulk: BulkHandoff | None = None,
) -> Taken:
    """`to` works on what the holder of `claim` led, who has left; the caller locked the referral.

    `leaver`: what the plan says of leavers; `limits`: see insights.portfolio.leaving_limits.
    """
    giver = claim.holder
    standing_offer = handoffs.open_of(referral)
    if standing_offer is not None:
        steps.close(lock(standing_offer), referral, HandoffState.WITHDRAWN, by=by, at=at)
    rows = claiming.shares(referral)
    before = [part_of(row) for row in rows]
    parts = portfolio.after_leaving(before, referral, leaver, giver.pk, to.pk, limits)
    number = rows[0].number
    if parts != before:
        number = credit.share_anew(
            referral,
            parts,
            by=by,
            at=at,
            reason=ShareReason.LEAVING,
            source=bulk.public_id if bulk else claim.public_id,
        )
    new = claims.transfer(referral, to=to, at=at, cause=Cause.LEAVING)
    if not covers(to, referral, at=at):
        floor_bp = lowest_floor(parts, referral.originator_id, limits[1])
        _ask_friend(referral, new, parts, floor_bp, giver=giver, by=by, at=at, bulk=bulk)
    return Taken(rows[0].number, number, claim.pk, new.pk)


def _ask_friend(
    referral: Referral,
    claim: Claim,
    parts: Sequence[Part],
    floor_bp: int,
    *,
    giver: Person,
    by: Person | None,
    at: datetime,
    bulk: BulkHandoff | None,
) -> Handoff:
    """Wait for the friend's own word, as long as the exclusivity lasts."""
    channels = active_channels(referral.public_id, at=at)
    writes = "email" in channels or ("sms" in channels and sms_possible())
    handoff = Handoff.objects.create(
        referral=referral,
        branch_id=referral.branch_id,
        giver=giver,
        receiver=claim.holder,
        proposed_by=giver,
        bulk=bulk,
        kind=HandoffKind.LEAVING,
        floor_bp=floor_bp,
        state=HandoffState.ACCEPTED,
        made_at=at,
        answered_at=at,
        expires_at=claim.until,
        asked_friend_at=at if writes else None,
    )
    HandoffShare.objects.bulk_create(
        HandoffShare(handoff=handoff, person_id=p.person_id, role=p.role, share_bp=p.share_bp)
        for p in parts
    )
    steps.told(
        "handoff.accepted",
        handoff,
        referral,
        by=by,
        at=at,
        receiver=claim.holder_id,
        asks=True,
        send=writes,
        until=handoff.expires_at,
    )
    return handoff


def take_over_late(referral: Referral, claim: Claim, *, at: datetime) -> None:
    """A friend said yes after the seller had left: the client's present owner works it.

    Where there is none yet, it waits with the leaver's portfolio for the boss.
    """
    owner = referral.client.owner if referral.client else None
    if owner is None or owner.pk == claim.holder_id or not left([claim.holder_id], at=at):
        return
    if not standing(owner).may(Permission.WORK_REFERRALS, referral.branch_id):
        return
    rule = portfolio.leaver_rules([referral]).get(referral.plan_version_id, Leaver.SELLER)
    limits = portfolio.leaving_limits(referral.branch_id, at=at)
    take_over(referral, claim, to=owner, leaver=rule, limits=limits, by=None, at=at)


def friend_said_no(handoff: Handoff, referral: Referral, *, at: datetime) -> None:
    """The friend does not want another adviser than whoever left: nobody gets in touch."""
    claim = claiming.active(referral, at=at)
    if handoff.kind == HandoffKind.LEAVING and claim and claim.holder_id == handoff.receiver_id:
        claims.end(referral, at=at, reason="declined")
        friends.let_go_soon(referral, at)


# --- the way back ---------------------------------------------------------------------------------


def untouched(referral: Referral, item: BulkItem) -> Claim | None:
    """The claim a bulk hand-off made, if nothing has happened to the referral since; else None."""
    claim = Claim.objects.filter(pk=item.after_claim or 0, ended_at=None).first()
    shares = claiming.shares(referral)
    if claim is None or shares[0].number != item.after_set:
        return None
    since = Event.objects.filter(  # later than the run itself, which the receiver may have started
        subject_type="referral", subject=referral.public_id, at__gt=claim.since
    )
    paid = CreditedFact.objects.filter(referral=referral.public_id, confirmed_at__gte=claim.since)
    said = Handoff.objects.filter(bulk=item.bulk_id, referral=referral).exclude(
        state__in=OPEN_HANDOFFS
    )
    touched = since.filter(by_id=claim.holder_id).exists() or paid.exists() or said.exists()
    return None if touched else claim


def give_back(
    referral: Referral, item: BulkItem, *, bulk: BulkHandoff, by: Person, at: datetime
) -> bool:
    """The referral as it was: shares, holder, end of the exclusivity. False: something happened."""
    claim = untouched(referral, item)
    before = Claim.objects.filter(pk=item.before_claim or 0).select_related("holder").first()
    if claim is None or before is None:
        return False
    waiting = Handoff.objects.filter(bulk=bulk, referral=referral, state__in=OPEN_HANDOFFS)
    for handoff in waiting:
        steps.close(lock(handoff), referral, HandoffState.WITHDRAWN, by=by, at=at)
    if item.before_set is not None and item.before_set != item.after_set:
        credit.restore(referral, item.before_set, by=by, at=at, source=bulk.public_id)
    if before.until > at:
        claims.transfer(referral, to=before.holder, at=at, cause=Cause.RETURN, until=before.until)
    else:
        claims.end(referral, at=at, reason="expired")
    given = Grant.objects.filter(referral=referral, since__in=[claim.since, at])
    given.filter(person=claim.holder_id).update(until=at)
    given.filter(person=before.holder_id, why="worked").update(until=at)
    return True


# --- what else stops ------------------------------------------------------------------------------


def stop_offers(person: Person, *, by: Person | None, at: datetime) -> int:
    """Offers that whoever left made or should answer come to nothing; how many."""
    stopped = 0
    both = Handoff.objects.filter(giver=person) | Handoff.objects.filter(receiver=person)
    for found in both.filter(state__in=OPEN_HANDOFFS).order_by("referral_id", "pk"):
        referral, handoff = steps.locked(found)
        if handoff.state == HandoffState.ACCEPTED and handoff.giver_id == person.pk:
            continue  # a colleague has said yes already: the friend's word decides
        if handoff.state in OPEN_HANDOFFS:
            steps.close(handoff, referral, HandoffState.WITHDRAWN, by=by, at=at)
            stopped += 1
    return stopped


def keep_dates(
    clients: Iterable[Client], giver: Person, *, by: Person | None, at: datetime, bulk: str = ""
) -> int:
    """A day a client named to `giver` holds for whoever asks next: they rest until then. How many.

    A day without a cause, as anybody may enter it; the answer stays the asker's own.
    """
    rows = {client.pk: client for client in clients}
    today = day_of(at, settings.zone())
    named = FollowUp.objects.filter(
        ask__client__in=rows, ask__seller=giver, ask__undone_at=None, done_at=None, due_on__gt=today
    )
    told = []
    for pk, day in named.order_by("due_on").values_list("ask__client_id", "due_on"):
        client = rows[pk]
        if client.resting_until is None or client.resting_until < day:
            data = {"until": day, "before": client.resting_until}
            told.append((client.public_id, data | ({"bulk": bulk} if bulk else {})))
            client.resting_until = day
            Client.objects.filter(pk=pk).update(resting_until=day)
    branch = next((client.branch_id for client in rows.values()), None)
    record_many("client.resting", "client", told, by=by, at=at, branch=branch)
    return len(told)
