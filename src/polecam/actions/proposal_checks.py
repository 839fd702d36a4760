"""What a proposal of other shares must meet: pure values meet the rows here. Inner steps."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Max, Q

from polecam.claims.models import CreditShare, ProposalState, ProposedShare, ShareProposal
from polecam.claims.rules import Part, losers
from polecam.claims.shares import rules
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.referrals.rules import holds_contact
from polecam.sales.models import Sale, SaleState

SETTLED = (SaleState.CONFIRMED, SaleState.RETAINED)


def newest(referral_id: int) -> int:
    """The number of the set in force."""
    rows = CreditShare.objects.filter(referral_id=referral_id)
    return rows.aggregate(newest=Max("number"))["newest"] or 0


def is_over(proposal: ShareProposal, referral: Referral, *, at: datetime) -> bool:
    """Whether an open proposal can no longer be agreed to."""
    try:
        require_open(proposal, referral, at=at)
    except Refused:
        return True
    return False


def require_open(proposal: ShareProposal, referral: Referral, *, at: datetime) -> None:
    """Raise Refused: "proposal_over", "proposal_expired", "shares_changed",
    "person_left", or as below."""
    if proposal.state == ProposalState.EXPIRED:
        raise Refused("proposal_expired")
    if proposal.state != ProposalState.OPEN:
        raise Refused("proposal_over")
    if proposal.expires_at <= at:
        raise Refused("proposal_expired")
    if newest(referral.pk) != proposal.base:
        raise Refused("shares_changed")
    rows = ProposedShare.objects.filter(proposal=proposal, person__is_active=False)
    if rows.filter(Q(agreed=None, share_bp__lt=F("before_bp")) | Q(before_bp=0)).exists():
        raise Refused("person_left")  # nobody can say yes for them, nor give them a part any more
    require_live(referral)


def require_live(referral: Referral) -> None:
    """Shares matter from the friend's consent until the sale is confirmed and credited."""
    if referral.consented_at is None:
        raise Refused("referral_waits")
    if referral.erased_at is not None or referral.state in states.ENDED:
        raise Refused("referral_ended")
    if Sale.objects.filter(referral=referral, state__in=SETTLED).exists():
        raise Refused("shares_settled")


def require_people(before: Sequence[Part], after: Sequence[Part], branch_id: int) -> None:
    """Who comes in sells here; who would get less is still here to agree."""
    old, asked = {part.person_id for part in before}, losers(before, after)
    wanted = asked | ({part.person_id for part in after} - old)
    people = Person.objects.in_bulk(sorted(wanted))
    for person_id in sorted(wanted):
        person = people.get(person_id)
        if person is None or not person.is_active:
            raise Refused("person_left", field="shares")
        here = None if person_id in old else branch_id  # who moved still answers for their part
        if not standing(person).may(Permission.WORK_REFERRALS, here):
            raise Refused("share_stranger", field="shares")


def checked_note(typed: str) -> str:
    """The note that goes with a proposal. Raises Refused: "note_long", "words_with_contact"."""
    note = " ".join(typed.split())
    if len(note) > rules.LONGEST_NOTE:
        raise Refused("note_long", field="note")
    if holds_contact(note):
        raise Refused("words_with_contact", field="note")
    return note
