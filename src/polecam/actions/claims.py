"""Who alone may work a referral: inner steps, called inside the transaction of another action."""

from datetime import datetime

from polecam.claims import queries, rules
from polecam.claims.models import Claim
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.privacy import queries as privacy
from polecam.referrals.models import Grant, Referral
from polecam.store import tx

HOLDER = "holder"


def make(referral: Referral, *, holder: Person, at: datetime) -> Claim | None:
    """Begin the exclusivity of `holder`; None when the friend is already someone's (`second`).

    The caller holds the advisory locks on the friend's keys and the row of the referral. The
    claim's party is the oldest one known for these keys, so that the database, too, lets one
    claim live per person.
    """
    for rival in queries.rivals(referral):
        if rival.until > at:
            return None
        _end(rival, at=at, reason="expired")
    prospect = _prospect(referral)
    open_claims = Claim.objects.filter(ended_at=None)
    standing = open_claims.filter(party_id=prospect).first() if prospect else None
    if standing is not None and standing.until > at:
        return None
    if standing is not None:
        _end(standing, at=at, reason="expired")
    days = settings.value("exclusivity_days", at=at, branch=referral.branch_id)
    claim = Claim.objects.create(
        referral=referral,
        party_id=prospect,
        holder=holder,
        since=at,
        until=rules.until(at, days),
    )
    if holder.pk != referral.originator_id:
        Grant.objects.create(
            referral=referral, person=holder, why=HOLDER, since=at, until=claim.until
        )
    _told("claim.made", claim, referral, at=at, until=claim.until)
    return claim


def settle(referral: Referral, *, at: datetime) -> bool:
    """A later proof showed that two claims are of one person: the earlier stays.

    Returns whether `referral` keeps its claim. The other referral keeps its authorship.
    """
    own = queries.unended([referral.public_id]).first()
    rivals = list(queries.rivals(referral).filter(until__gt=at))
    if own is None or not rivals:
        return own is not None
    claims = sorted([own, *rivals], key=lambda claim: (claim.since, claim.pk))
    for claim in claims[1:]:
        loser = tx.lock(claim.referral) if claim.pk != own.pk else referral
        _end(claim, at=at, reason="merged")
        loser.second = True
        loser.save(update_fields=["second"])
        record("referral.second", loser, by=None, at=at, branch=loser.branch_id)
    return claims[0].pk == own.pk


def extend(referral: Referral, *, at: datetime) -> Claim:
    """A contact reached the prospect: at least `contact_secures_days` more from now.

    Raises Refused("claim_missing") when no claim is in force.
    """
    claim = queries.active(referral, at=at)
    if claim is None:
        raise Refused("claim_missing")
    claim = tx.lock(claim)
    days = settings.value("contact_secures_days", at=at, branch=referral.branch_id)
    later = rules.secured(claim.until, at, days)
    if later > claim.until:
        claim.until = later
        claim.save(update_fields=["until"])
        Grant.objects.filter(referral=referral, person=claim.holder, why=HOLDER).update(until=later)
        _told("claim.extended", claim, referral, at=at, until=later)
    return claim


def transfer(
    referral: Referral, *, to: Person, at: datetime, cause: str, until: datetime | None = None
) -> Claim:
    """The work goes to `to`; whoever held it sees what becomes of it. Ends in the same instant.

    `until`: the new end (default: the old one, at least `contact_secures_days` from now). The
    caller holds the lock on the referral. Raises Refused("claim_missing") when no claim is in
    force.
    """
    old = queries.active(referral, at=at)
    if old is None:
        raise Refused("claim_missing")
    old = tx.lock(old)
    days = settings.value("contact_secures_days", at=at, branch=referral.branch_id)
    _end(old, at=at, reason="handed_on")
    if old.holder_id not in (referral.originator_id, to.pk):
        Grant.objects.create(referral=referral, person_id=old.holder_id, why="worked", since=at)
    claim = Claim.objects.create(
        referral=referral,
        party_id=old.party_id,
        holder=to,
        since=at,
        until=until or rules.secured(old.until, at, max(days, 1)),
        cause=cause,
    )
    if to.pk != referral.originator_id:
        Grant.objects.create(referral=referral, person=to, why=HOLDER, since=at, until=claim.until)
    _told("claim.made", claim, referral, at=at, until=claim.until, cause=str(cause))
    return claim


def end(referral: Referral, *, at: datetime, reason: str) -> bool:
    """End the claim on a referral, if one runs; whether one did. `reason` is a short code."""
    claim = queries.unended([referral.public_id]).first()
    if claim is None:
        return False
    _end(claim, at=at, reason=reason)
    return True


def expire_due(*, at: datetime) -> int:
    """End claims whose time is over; how many. Each in its own short transaction."""
    due = list(Claim.objects.filter(ended_at=None, until__lte=at).order_by("id"))
    for claim in due:
        with tx.action():
            locked = tx.lock(claim)
            if locked.ended_at is None and locked.until <= at:
                _end(locked, at=at, reason="expired")
    return len(due)


def _prospect(referral: Referral) -> int | None:
    if referral.party is None:
        return None
    others = privacy.same_person(referral.party)
    known = Referral.objects.filter(public_id__in=others, party__isnull=False)
    ids = [*known.values_list("party_id", flat=True), referral.party_id]
    return min(ident for ident in ids if ident is not None)


def _end(claim: Claim, *, at: datetime, reason: str) -> None:
    claim.ended_at, claim.end_reason = at, reason
    claim.save(update_fields=["ended_at", "end_reason"])
    Grant.objects.filter(referral=claim.referral_id, person=claim.holder, why=HOLDER).update(
        until=at
    )
    _told("claim.ended", claim, claim.referral, at=at, reason=reason)


def _told(kind: str, claim: Claim, referral: Referral, *, at: datetime, **data: object) -> None:
    record(
        kind,
        referral,
        by=None,
        at=at,
        branch=referral.branch_id,
        data={"claim": claim.public_id, **data},
    )
