"""Exclusivity has ended without a result, and the boss proposes who goes on."""

from datetime import datetime, timedelta

from polecam.actions import claims, handoffs, leaving
from polecam.bonuses.models import Leaver
from polecam.claims.handoffs.rules import FRIEND_DAYS
from polecam.claims.models import Claim, HandoffKind
from polecam.insights import portfolio
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.referrals import queries as referrals
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.store.tx import action, lock


def propose_who_goes_on(*, by: Person, at: datetime, claim: Claim, to: Person) -> Referral:
    """Whoever led it goes on, or a colleague whom the boss proposes: never over anybody's head.

    `to` the holder of the ended `claim`: the exclusivity is renewed. Anybody else: it is renewed
    for as long as the answers may take, and a hand-off is proposed, which its holder agrees to or
    not. Where the holder has left, the colleague takes over as the plan says. Raises Refused
    ("claim_running", "friend_taken", "referral_ended", and what a proposal refuses), NotAllowed.
    """
    with action():
        referral = lock(Referral.objects.get(pk=claim.referral_id))
        require(by, Permission.PROPOSE_HANDOFF, referral.branch_id)
        if not referrals.overseen(by, at=at).filter(pk=referral.pk).exists():
            raise NotAllowed("not_overseen")
        states.require_workable(referral.state)
        holder = claim.holder
        if not holder.is_active or to.pk != holder.pk:
            _require_seller(to, referral)
        days = settings.value("contact_secures_days", at=at, branch=referral.branch_id)
        hours = settings.value("handoff_hours", at=at, branch=referral.branch_id)
        until = at + timedelta(days=max(days, 1))
        if holder.is_active and to.pk != holder.pk:
            until = at + timedelta(hours=2 * hours, days=FRIEND_DAYS)
        renewed = claims.renew(referral, holder=holder, at=at, until=until)
        if not holder.is_active:
            _take_over(referral, renewed, to=to, by=by, at=at)
        elif to.pk != holder.pk:
            handoffs.propose(by=by, at=at, referral=referral, kind=HandoffKind.OTHER, receiver=to)
    return referral


def _require_seller(to: Person, referral: Referral) -> None:
    fit = portfolio.receivers(referral.originator, referral.branch_id)
    author = to.pk == referral.originator_id and to.is_active
    if not author and not fit.filter(pk=to.pk).exists():
        raise Refused("owner_unfit", field="to")


def _take_over(referral: Referral, claim: Claim, *, to: Person, by: Person, at: datetime) -> None:
    rule = portfolio.leaver_rules([referral]).get(referral.plan_version_id, Leaver.SELLER)
    limits = portfolio.leaving_limits(referral.branch_id, at=at)
    leaving.take_over(referral, claim, to=to, leaver=rule, limits=limits, by=by, at=at)
