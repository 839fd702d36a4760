"""Who reads a dispute, what it is about, who may raise one, who decides."""

from datetime import datetime

from django.db.models import Q, QuerySet

from polecam.claims import queries as claims
from polecam.claims.disputes.rules import FROM_THE_START, Rung
from polecam.claims.models import (
    RUNNING_DISPUTES,
    Claim,
    CreditShare,
    Dispute,
    DisputeAbout,
    DisputeParty,
    DisputeState,
    ShareReason,
)
from polecam.organisation.models import Branch
from polecam.organisation.tree import today, tree
from polecam.people.models import Membership, Person, Role
from polecam.privacy import queries as privacy
from polecam.referrals import queries as referrals
from polecam.referrals.models import Referral


def visible_to(person: Person) -> QuerySet[Dispute]:
    """Cases the person is a party of, decides, or decided; nobody else reads them."""
    mine = DisputeParty.objects.filter(person=person).values("dispute")
    return Dispute.objects.filter(
        Q(pk__in=mine) | Q(decider=person) | Q(disputedecision__decider=person)
    ).distinct()


def running(referral: Referral) -> Dispute | None:
    """The case that runs about a referral, if one does."""
    return Dispute.objects.filter(referral=referral, state__in=RUNNING_DISPUTES).first()


def undecided() -> QuerySet[Dispute]:
    """Cases that wait for their decider."""
    return Dispute.objects.filter(state__in=(DisputeState.OPEN, DisputeState.APPEALED))


def is_blind(dispute: Dispute) -> bool:
    """Whether it was raised from a further recommendation of the same person: then the sides do
    not know of each other who they are, and the case does not tell them."""
    return dispute.about == DisputeAbout.REFERRAL and bool(dispute.subject)


def may_raise(person: Person, referral: Referral, *, at: datetime) -> bool:
    """Whether the person stands so close to a referral that its credit may be theirs: they brought
    it, work or worked it, have a part of it, or own the client who recommended. Before the friend's
    consent only whoever brought it: until then a referral tells the answer to an ask."""
    if referral.originator_id == person.pk:
        return True
    if referral.consented_at is None:
        return False
    if referral.client is not None and referral.client.owner_id == person.pk:
        return True
    return (
        referrals.mine(person, at=at).filter(pk=referral.pk).exists()
        or CreditShare.objects.filter(referral=referral, person=person).exists()
        or Claim.objects.filter(referral=referral, holder=person).exists()
    )


def contested(own: Referral) -> Referral:
    """The referral whose credit is meant: a further recommendation means the first one of the same
    person, by whomever it is; else the referral itself."""
    if not own.second or own.party is None:
        return own
    others = privacy.same_person(own.party) - {own.public_id}
    rows = Referral.objects.filter(public_id__in=others, second=False)
    return rows.order_by("consented_at", "id").first() or own


def about_people(referral: Referral, *, at: datetime) -> set[int]:
    """Ids of those whose credit or work it is now: shares, author, holder."""
    people = {share.person_id for share in claims.shares(referral)} | {referral.originator_id}
    held = Claim.objects.filter(referral=referral, ended_at=None, until__gt=at)
    return people | set(held.values_list("holder_id", flat=True))


def reaches_back(dispute: Dispute) -> datetime | None:
    """From when on facts are touched by a decision; None: from the first one.

    A case about the shares in force reaches what was credited under them, not what earlier sets
    earned. A set that only a decision made counts as the one it followed.
    """
    if dispute.reason in FROM_THE_START:
        return None
    sets = claims.share_sets(dispute.referral)
    begun = [rows[0] for rows in sets if rows[0].at <= dispute.raised_at]
    agreed = [first for first in begun if first.reason != ShareReason.DISPUTE]
    return agreed[-1].at if len(agreed) > 1 else None


def ladder(branch: Branch, *, at: datetime) -> list[Rung]:
    """Who may decide in a branch, in order: its managers, those of the place above it and so on,
    then admins, the nearest first; `at` says where the branch hangs."""
    line = [branch.pk, *tree(today(at)).above(branch.pk)]
    held = Membership.objects.filter(
        until=None, person__is_active=True, role__in=(Role.MANAGER, Role.ADMIN)
    ).order_by("since", "id")
    rows = list(held.values_list("person_id", "branch_id", "role"))
    heights = {branch_id: height for height, branch_id in enumerate(line)}
    managers = sorted(
        (heights[branch_id], place, person_id)
        for place, (person_id, branch_id, role) in enumerate(rows)
        if role == Role.MANAGER and branch_id in heights
    )
    admins = sorted(
        (heights.get(branch_id, len(line)), place, person_id)
        for place, (person_id, branch_id, role) in enumerate(rows)
        if role == Role.ADMIN
    )
    rungs: dict[int, Rung] = {}
    for height, _place, person_id in managers:
        rungs.setdefault(person_id, Rung(person_id, height))
    for _height, _place, person_id in admins:
        rungs.setdefault(person_id, Rung(person_id, len(line)))
    return list(rungs.values())
