"""The one who may work a referral: its lock, its claim, and what every step of work leaves."""

from datetime import datetime, timedelta

from polecam.actions import claims
from polecam.bonuses.leavers import paid_people
from polecam.claims import queries
from polecam.claims.models import Claim
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.people.staff import deputising
from polecam.referrals import states
from polecam.referrals.models import Grant, Referral
from polecam.sales.rules import require_someone_else
from polecam.store.tx import lock


def take_up(*, by: Person, at: datetime, referral: Referral) -> tuple[Referral, Claim]:
    """The referral, locked, with the claim under which `by` works it; inside the caller's action.

    Raises NotAllowed for anyone but the holder, Refused("claim_over") once exclusivity is over,
    Refused("referral_waits" / "referral_ended") in a state that is not worked.
    """
    require(by, Permission.WORK_REFERRALS)  # wherever they sell by now: what they lead goes along
    referral = lock(referral)
    claim = queries.unended([referral.public_id]).first()
    if claim is None:
        _require_known(by, referral)
        states.require_workable(referral.state)
        raise Refused("claim_over")
    if claim.holder_id != by.pk:
        raise NotAllowed("not_holder")
    states.require_workable(referral.state)
    if claim.until <= at:
        raise Refused("claim_over")
    return referral, claim


def _require_known(by: Person, referral: Referral) -> None:
    """Whoever did not bring the referral learns nothing of why it is not worked."""
    if referral.originator_id != by.pk:
        raise NotAllowed("not_holder")


def keep(referral: Referral, *, at: datetime, state: str | None = None) -> None:
    """Save a step of work: perhaps a new state, and the clock of inactivity starts again.

    A friend who consented is erased after `inactive_days` without work (compliance.md); a won one
    is a client, whose data have their own reasons.
    """
    if state and state != referral.state:
        states.require_move(referral.state, state)
        referral.state, referral.state_at = state, at
    days = settings.value("inactive_days", at=at, branch=referral.branch_id)
    referral.erase_at = None if referral.state == states.WON else at + timedelta(days=days)
    referral.save(
        update_fields=["state", "state_at", "erase_at", "next_step", "next_step_at", "lost_reason"]
    )


def release(referral: Referral, *, at: datetime, reason: str) -> None:
    """End the claim with the work; who worked it still sees what became of it."""
    claim = queries.unended([referral.public_id]).first()
    claims.end(referral=referral, at=at, reason=reason)
    if claim and claim.holder_id != referral.originator_id:
        Grant.objects.create(referral=referral, person=claim.holder, why="worked", since=at)


def require_impartial(by: Person | None, paid: set[int], branch_id: int, *, at: datetime) -> None:
    """Whoever confirms earns nothing by it (`paid`: ids of those who do), and does not stand in for
    somebody who does. Raises Refused("own_confirmation", "deputy_own_manager")."""
    require_someone_else(by.pk if by else None, paid)
    if by is not None:
        today = day_of(at, settings.zone())
        named = deputising(by, today).filter(branch=branch_id, since__lte=today, manager__in=paid)
        if named.exists():
            raise Refused("deputy_own_manager")


def earners(referral: Referral) -> set[int]:
    """Ids of everyone whose money this referral is: they never confirm it."""
    parts = {share.person_id: share.share_bp for share in queries.shares(referral)}
    return {referral.originator_id, *parts, *paid_people(referral, parts, at=None)}
