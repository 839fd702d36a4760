"""Reads of sales and complaints. Every list starts from `visible_to` or `confirmable_by`."""

from django.db.models import QuerySet

from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.referrals.models import Referral
from polecam.sales.models import Complaint, Sale, SaleState


def visible_to(person: Person) -> QuerySet[Sale]:
    """Own sales, and those of the branches in which the person confirms."""
    own = Sale.objects.filter(seller=person)
    branches = standing(person).branches(Permission.CONFIRM)
    return own | Sale.objects.filter(branch_id__in=branches) if branches else own


def confirmable_by(person: Person) -> QuerySet[Sale]:
    """Reported sales waiting for this person's word: never those they earn by themselves."""
    return (
        Sale.objects.filter(
            branch_id__in=standing(person).branches(Permission.CONFIRM), state=SaleState.REPORTED
        )
        .exclude(seller=person)
        .exclude(referral__originator=person)
    )


def own_waiting(person: Person) -> QuerySet[Sale]:
    """The confirmer's own reported sales: shown, for someone else to confirm."""
    return Sale.objects.filter(seller=person, state=SaleState.REPORTED)


def complaints_visible_to(person: Person) -> QuerySet[Complaint]:
    """Complaints on sales of the branches in which the person records them."""
    branches = standing(person).branches(Permission.RECORD_COMPLAINT)
    return Complaint.objects.filter(sale__branch_id__in=branches)


def of_referral(referral: Referral) -> Sale | None:
    """The sale of a referral, void ones too."""
    return Sale.objects.filter(referral=referral).first()


def under_complaint() -> QuerySet[Complaint]:
    """Open complaints: the bonus engine vests nothing of their sales."""
    return Complaint.objects.filter(decided_at=None)
