"""Who may read and answer what about the shares of a referral."""

from datetime import datetime

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from polecam.claims.models import (
    Claim,
    CreditShare,
    Extra,
    ExtraBudget,
    ProposalReason,
    ProposalState,
    ProposedShare,
    ShareProposal,
)
from polecam.claims.queries import active, rivals, shares
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.referrals.models import Referral


def with_share(person: Person, *, at: datetime) -> QuerySet[Referral]:
    """Referrals whose shares the person may read: their own, those they work, and, once the
    friend agreed, those in which they have or had a part or may get one.

    A share asked for by a further recommendation opens nothing before everyone agreed.
    """
    held = Claim.objects.filter(holder=person, ended_at=None, until__gt=at).values("referral")
    part = CreditShare.objects.filter(person=person).values("referral")
    offered = (
        ProposedShare.objects.filter(person=person, proposal__state=ProposalState.OPEN)
        .exclude(proposal__reason=ProposalReason.SECOND, share_bp__gt=F("before_bp"))
        .values("proposal__referral")
    )
    told = Q(pk__in=part) | Q(pk__in=offered)
    return Referral.objects.filter(
        Q(originator=person) | Q(pk__in=held) | (told & Q(consented_at__isnull=False))
    )


def is_party(person: Person, referral: Referral, *, at: datetime) -> bool:
    """Whether the person is one of the referral's sellers now: author, holder, or with a part."""
    if referral.originator_id == person.pk:
        return True
    claim = active(referral, at=at)
    if claim is not None and claim.holder_id == person.pk:
        return True
    return any(share.person_id == person.pk for share in shares(referral))


def open_proposal(referral: Referral) -> ShareProposal | None:
    """The proposal that waits for an answer."""
    rows = ShareProposal.objects.filter(referral=referral, state=ProposalState.OPEN)
    return rows.select_related("proposed_by").first()


def parts_of(proposal: ShareProposal) -> list[ProposedShare]:
    """Its parts with their people, bigger ones first."""
    rows = ProposedShare.objects.filter(proposal=proposal).select_related("person")
    return list(rows.order_by("-share_bp", "person"))


def is_asked(row: ProposedShare) -> bool:
    """Whether the consent of this part's seller is needed: they would get less."""
    return row.share_bp < row.before_bp


def of_person(person: Person) -> QuerySet[ShareProposal]:
    """Proposals the person made or is asked about."""
    asked = ProposedShare.objects.filter(person=person, share_bp__lt=F("before_bp"))
    return ShareProposal.objects.filter(Q(proposed_by=person) | Q(pk__in=asked.values("proposal")))


def waiting_for(person: Person, at: datetime) -> QuerySet[ProposedShare]:
    """Parts about which the person's word is awaited, in proposals that still stand."""
    newest = (
        CreditShare.objects.filter(referral=OuterRef("proposal__referral"))
        .order_by()
        .values("referral")
        .annotate(newest=Max("number"))
        .values("newest")
    )
    return (
        ProposedShare.objects.filter(
            person=person,
            agreed=None,
            share_bp__lt=F("before_bp"),
            proposal__state=ProposalState.OPEN,
            proposal__expires_at__gt=at,
        )
        .annotate(newest=Subquery(newest))
        .filter(proposal__base=F("newest"))
        .select_related("proposal__proposed_by", "proposal__referral__party")
        .order_by("proposal__expires_at", "id")
    )


def agreed_by(proposals: list[str]) -> dict[str, list[Person]]:
    """Who said yes, by the public id of the proposal."""
    rows = ProposedShare.objects.filter(proposal__public_id__in=proposals, agreed=True)
    found: dict[str, list[Person]] = {}
    for row in rows.select_related("person", "proposal").order_by("answered_at", "id"):
        found.setdefault(row.proposal.public_id, []).append(row.person)
    return found


def led_by_colleague(referral: Referral, *, at: datetime) -> Referral | None:
    """The referral of the same person that a colleague leads now; for one's own further one."""
    if not referral.second:
        return None
    held = rivals(referral).filter(until__gt=at).select_related("referral").first()
    return held.referral if held else None


def asked_share(person: Person, led: Referral) -> ShareProposal | None:
    """What the person asked for on a referral that a colleague leads: once is all."""
    rows = ShareProposal.objects.filter(
        referral=led, proposed_by=person, reason=ProposalReason.SECOND
    )
    return rows.order_by("-id").first()


def budget_of(branch_id: int, month: str) -> ExtraBudget | None:
    """What a branch may give mentors and leaders in a month; None before its first use."""
    return ExtraBudget.objects.filter(branch_id=branch_id, month=month).first()


def extras_given(person: Person) -> QuerySet[Extra]:
    """Extras of the branches where the person may give some, newest first."""
    branches = standing(person).branches(Permission.GIVE_EXTRA)
    rows = Extra.objects.filter(referral__branch_id__in=branches)
    return rows.select_related("person", "given_by", "referral__originator").order_by("-at", "-id")
