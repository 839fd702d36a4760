"""Who alone may work a referral: inner steps, called inside the transaction of another action."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime

from polecam.actions import receipts
from polecam.claims import queries, rules
from polecam.claims.contact import covers
from polecam.claims.models import Cause, Claim
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.parties import groups
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.privacy import queries as privacy
from polecam.referrals.models import Grant, Referral
from polecam.referrals.states import WON, WORKABLE
from polecam.store import tx

HOLDER = "holder"
MERGED = "merged"
HANDED_ON = "handed_on"


def make(referral: Referral, *, holder: Person, at: datetime) -> Claim | None:
    """Begin the exclusivity of `holder`; None when the friend is already someone's (`second`).

    The caller holds the advisory locks on the friend's keys and the row of the referral. The
    claim's party is the oldest one known for these keys, so that the database, too, lets one
    claim live per person.
    """
    for rival in queries.rivals(referral):
        if _counts(rival, at):
            return None
        _end(rival, at=at, reason="expired")
    person = prospect(referral)
    open_claims = Claim.objects.filter(ended_at=None)
    standing = open_claims.filter(party_id=person).first() if person else None
    if standing is not None and _counts(standing, at):
        return None
    if standing is not None:
        _end(standing, at=at, reason="expired")
    days = settings.value("exclusivity_days", at=at, branch=referral.branch_id)
    claim = Claim.objects.create(
        referral=referral,
        party_id=person,
        holder=holder,
        since=at,
        until=rules.until(at, days),
    )
    if holder.pk != referral.originator_id:
        Grant.objects.create(
            referral=referral, person=holder, why=HOLDER, since=at, until=claim.until
        )
    _told("claim.made", claim, referral, at=at, until=claim.until)
    receipts.for_claim(claim, referral, at=at)
    return claim


def _counts(claim: Claim, at: datetime) -> bool:
    """Whether an unended claim keeps others away: a sale that waits to be confirmed does, too."""
    return claim.until > at or claim.referral.state == WON


def settle(referral: Referral, *, at: datetime) -> bool:
    """A later proof showed that two claims are of one person: the earlier stays.

    Returns whether `referral` keeps its claim. The other referral keeps its authorship.
    """
    own = queries.unended([referral.public_id]).first()
    rivals = list(queries.rivals(referral).filter(until__gt=at))
    if own is None or not rivals:
        return own is not None
    kept = keep_earliest([own, *rivals], at=at)
    stays = kept is not None and kept.referral_id == referral.pk
    referral.second = referral.second or not stays
    return stays


def keep_earliest(found: Iterable[Claim], *, at: datetime) -> Claim | None:
    """These claims turned out to be of one person: the earliest stays, the others end.

    Their referrals become further recommendations and keep their authorship; both sides are told,
    blindly. The caller holds the locks on the friend's keys; a hand-off does not ask for them, so
    their referrals are locked here and their claims read anew. Who came first is asked of the whole
    row of holders: handing on costs no place. Returns the one that stays; None where all have ended
    meanwhile.
    """
    ids = sorted({claim.referral_id for claim in found})
    locked = {pk: tx.lock(Referral(pk=pk)) for pk in ids}
    running = Claim.objects.filter(referral__in=ids, ended_at=None).select_related("holder")
    if not running:
        return None
    first, *others = sorted(running, key=lambda claim: (_begun(claim), claim.pk))
    for claim in others:
        loser = claim.referral = locked[claim.referral_id]
        _end(claim, at=at, reason=MERGED)
        if claim.holder_id != loser.originator_id:
            Grant.objects.create(referral=loser, person=claim.holder, why="worked", since=at)
        loser.second = True
        loser.save(update_fields=["second"])
        record("referral.second", loser, by=None, at=at, branch=loser.branch_id)
    kept = locked[first.referral_id]
    if others:
        record("referral.again", kept, by=None, at=at, branch=kept.branch_id)
    first.party_id = prospect(kept)
    first.save(update_fields=["party"])
    return first


def _begun(claim: Claim) -> datetime:
    """Since when the exclusivity runs without a gap, through every hand-off."""
    since = claim.since
    handed_on = Claim.objects.filter(referral=claim.referral_id, end_reason=HANDED_ON)
    for began, ended in handed_on.order_by("-since", "-pk").values_list("since", "ended_at"):
        if ended == since:
            since = began
    return since


def extend(referral: Referral, *, at: datetime) -> Claim:
    """Work that counts: at least `contact_secures_days` more from now.

    The days are those in force when the claim began. Raises Refused("claim_missing") when no claim
    is in force.
    """
    claim = queries.active(referral, at=at)
    if claim is None:
        raise Refused("claim_missing")
    claim = tx.lock(claim)
    days = settings.value("contact_secures_days", at=claim.since, branch=referral.branch_id)
    later = rules.secured(claim.until, at, days)
    if later > claim.until:
        claim.until, claim.reminded_days = later, None
        claim.save(update_fields=["until", "reminded_days"])
        Grant.objects.filter(referral=referral, person=claim.holder, why=HOLDER).update(until=later)
        _told("claim.extended", claim, referral, at=at, until=later)
    return claim


def worked(referral: Referral, claim: Claim, deed: str, *, at: datetime) -> None:
    """The holder did something (`deed`: one of rules.WORK); what counts secures the claim.

    What counts is what counted when the claim began.
    """
    wanted = settings.value("claim_work", at=claim.since, branch=referral.branch_id)
    if rules.counts_as_work(deed, wanted):
        extend(referral=referral, at=at)


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
    _end(old, at=at, reason=HANDED_ON)
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
    receipts.for_claim(claim, referral, at=at)
    return claim


def end(referral: Referral, *, at: datetime, reason: str) -> bool:
    """End the claim on a referral, if one runs; whether one did. `reason` is a short code."""
    claim = queries.unended([referral.public_id]).first()
    if claim is None:
        return False
    _end(claim, at=at, reason=reason)
    return True


def expire_due(*, at: datetime) -> int:
    """End claims whose time is over; how many. Each in its own short transaction.

    What follows is the setting of the day on which the claim began: free, back to the author (if a
    colleague held it and the friend's consent allows), or the boss proposes who goes on. A sale
    that waits for its confirmation keeps the claim: it ends with the sale, as won or lost.
    """
    over = Claim.objects.filter(ended_at=None, until__lte=at)
    due = list(over.exclude(referral__state=WON).order_by("id"))
    return tx.each(due, lambda claim: _expire(claim, at))


def _expire(claim: Claim, at: datetime) -> bool:
    with tx.action():
        referral = tx.lock(Referral.objects.get(pk=claim.referral_id))
        locked = tx.lock(claim)
        if locked.ended_at is not None or locked.until > at or referral.state == WON:
            return False
        _end(locked, at=at, reason="expired")
        _follow(locked, referral, at=at)
    return True


def _follow(claim: Claim, referral: Referral, *, at: datetime) -> None:
    """The work goes back to its author, where the firm chose so and the friend's consent allows."""
    then = settings.value("claim_expiry", at=claim.since, branch=referral.branch_id)
    author = referral.originator
    if then != "originator" or claim.holder_id == author.pk or referral.state not in WORKABLE:
        return
    if not standing(author).may(Permission.WORK_REFERRALS):
        return
    if not covers(author, referral, at=at):
        return
    days = settings.value("contact_secures_days", at=at, branch=referral.branch_id)
    with suppress(Refused):  # the friend said yes to somebody else in this very minute
        renew(referral, holder=author, at=at, until=rules.until(at, max(days, 1)))
        Grant.objects.create(referral=referral, person_id=claim.holder_id, why="worked", since=at)


def renew(referral: Referral, *, holder: Person, at: datetime, until: datetime) -> Claim:
    """A claim that has ended goes on until `until`, with `holder`; the referral is locked.

    Raises Refused("claim_running"), Refused("friend_taken") where the friend said yes to somebody
    else meanwhile.
    """
    if queries.unended([referral.public_id]).exists():
        raise Refused("claim_running")
    person = prospect(referral)
    taken = Claim.objects.filter(ended_at=None, party_id=person) if person else Claim.objects.none()
    if taken.exists() or queries.rivals(referral).filter(until__gt=at).exists():
        raise Refused("friend_taken")
    claim = Claim.objects.create(
        referral=referral, party_id=person, holder=holder, since=at, until=until, cause=Cause.RETURN
    )
    if holder.pk != referral.originator_id:
        Grant.objects.create(referral=referral, person=holder, why=HOLDER, since=at, until=until)
    _told("claim.made", claim, referral, at=at, until=until, cause=str(Cause.RETURN))
    receipts.for_claim(claim, referral, at=at)
    return claim


def prospect(referral: Referral) -> int | None:
    """The oldest record known to be this friend: what a claim is unique by in the database."""
    if referral.party is None:
        return None
    others = privacy.same_person(referral.party)
    known = Referral.objects.filter(public_id__in=others, party__isnull=False)
    ids = [*known.values_list("party_id", flat=True), *groups.ids([referral.party.pk])]
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
