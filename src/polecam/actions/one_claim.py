"""One person, one claim, whatever is found out about their records later. Inner steps."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from polecam.actions import claims, receipts
from polecam.claims import queries
from polecam.claims.models import Cause, Claim
from polecam.journal.record import record
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.privacy import queries as privacy
from polecam.referrals import states
from polecam.referrals.models import Grant, Referral
from polecam.store import tx


def settle(parties: Collection[int], *, at: datetime) -> None:
    """These records are of one person: the earliest claim in force stays, the others end.

    The caller holds the locks of `actions.parties.hold`.
    """
    running = _running(parties)
    for claim in running:
        if claim.until <= at:
            claims.end(claim.referral, at=at, reason="expired")
    live = [claim for claim in running if claim.until > at]
    if live:
        claims.keep_earliest(live, at=at)


def give_back(parties: Collection[int], *, ended_at: datetime, at: datetime) -> None:
    """Records were parted that a join at `ended_at` had made one: what it ended goes on.

    The later seller holds again for as long as was left when the join ended it, unless the friend
    has withdrawn, the work is over, or another proof still says that it is one person.
    """
    for claim in _running(parties):
        claim.party_id = claims.prospect(claim.referral)
        claim.save(update_fields=["party"])
    ended = Claim.objects.filter(
        referral__party__in=parties, end_reason=claims.MERGED, ended_at=ended_at
    )
    for claim in ended.select_related("holder").order_by("since", "pk"):
        _go_on(claim, tx.lock(claim.referral), at=at)


def _running(parties: Collection[int]) -> list[Claim]:
    """Claims of these records, and of whoever is known to be the same person by a proven key."""
    known: set[str] = set()
    for party in Party.objects.filter(pk__in=parties):
        known |= privacy.same_person(party)
    theirs = Q(referral__party__in=parties) | Q(referral__public_id__in=known)
    rows = Claim.objects.filter(theirs, ended_at=None)
    return list(rows.select_related("referral").order_by("since", "pk"))


def _go_on(claim: Claim, referral: Referral, *, at: datetime) -> None:
    left = claim.until - (claim.ended_at or claim.until)
    if not may_be_led(referral, claim.holder, at=at) or not left:
        return
    again = Claim.objects.create(
        referral=referral,
        party_id=claims.prospect(referral),
        holder=claim.holder,
        since=at,
        until=at + left,
        cause=Cause.RETURN,
    )
    if again.holder_id != referral.originator_id:
        Grant.objects.create(
            referral=referral, person=again.holder, why=claims.HOLDER, since=at, until=again.until
        )
    referral.second = False
    referral.save(update_fields=["second"])
    record(
        "claim.made",
        referral,
        by=None,
        at=at,
        branch=referral.branch_id,
        data={"claim": again.public_id, "until": again.until, "cause": str(Cause.RETURN)},
    )
    receipts.for_claim(again, referral, at=at)


def may_be_led(referral: Referral, holder: Person, *, at: datetime) -> bool:
    """Whether a further recommendation may be worked by `holder` now: agreed, open, free."""
    return (
        referral.second
        and referral.state in states.WORKABLE
        and referral.party_id is not None
        and holder.is_active
        and bool(privacy.active_channels(referral.public_id, at=at))
        and not queries.unended([referral.public_id]).exists()
        and not queries.rivals(referral).filter(until__gt=at).exists()
    )
