"""The one who may work a referral: its lock, its claim, and what every step of work leaves."""

from datetime import datetime, timedelta

from polecam.claims.models import Claim, CreditShare
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.store.tx import lock


def take_up(*, by: Person, at: datetime, referral: Referral) -> tuple[Referral, Claim]:
    """The referral, locked, with the claim under which `by` works it; inside the caller's action.

    Raises NotAllowed for anyone but the holder, Refused("claim_over") once exclusivity is over,
    Refused("referral_waits" / "referral_ended") in a state that is not worked.
    """
    require(by, Permission.WORK_REFERRALS, referral.branch_id)
    referral = lock(referral)
    claim = Claim.objects.filter(referral=referral, ended_at=None).first()
    if claim is None:
        require_known(by=by, at=at, referral=referral)
        states.require_workable(referral.state)
        raise Refused("claim_over")
    if claim.holder_id != by.pk:
        raise NotAllowed("not_holder")
    states.require_workable(referral.state)
    if claim.until <= at:
        raise Refused("claim_over")
    return referral, claim


def require_known(*, by: Person, at: datetime, referral: Referral) -> None:
    """Raise NotAllowed("not_holder") unless `by` brought the referral: others learn nothing."""
    if referral.originator_id != by.pk:
        raise NotAllowed("not_holder")


def keep(referral: Referral, *, by: Person | None, at: datetime, state: str | None = None) -> None:
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


def earners(referral: Referral) -> set[int]:
    """Ids of everyone whose money this referral is: they never confirm it."""
    shares = CreditShare.objects.filter(referral=referral).order_by("-number")
    rows = list(shares.values_list("number", "person_id"))
    return {referral.originator_id} | {person for number, person in rows if number == rows[0][0]}
