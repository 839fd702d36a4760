"""Reads of referrals. Every list and look-up starts from `visible_to(person)` or `mine(person)`."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.referrals.models import Grant, Meeting, Referral
from polecam.store.clock import now

DEPTH = 3
"""How many clients up the line of recommendations one referral's page looks."""
LINE = [f"client{'__introduced_by' * up}__party" for up in range(DEPTH + 1)]
NOTICE_DAYS = 14
"""Two weeks between the monitoring notice and any named activity (Kodeks pracy 22(2))."""


def granted_to(person: Person, at: datetime) -> QuerySet[Grant]:
    """Grants of `person` that are valid at `at`."""
    valid = Q(until=None) | Q(until__gt=at)
    return Grant.objects.filter(valid, person=person, since__lte=at)


def mine(person: Person, *, at: datetime | None = None) -> QuerySet[Referral]:
    """What the person brought, holds or helps with; without the branch a manager oversees.

    The few grants are read first, so that a long list runs along one index.
    """
    at = at or now()
    granted = list(granted_to(person, at).values_list("referral_id", flat=True))
    own = Q(originator=person)
    return Referral.objects.filter(own | Q(pk__in=granted) if granted else own)


def notice_in_force(at: datetime, branch: int) -> bool:
    """Whether the monitoring notice was given at least two weeks before `at`."""
    given = settings.value("monitoring_notice", at=at, branch=branch)
    if not given:
        return False
    return date.fromisoformat(str(given)[:10]) + timedelta(days=NOTICE_DAYS) <= at.date()


def overseen(person: Person, *, at: datetime | None = None) -> QuerySet[Referral]:
    """Named activity a manager may see: after the notice, of sellers who acknowledged it.

    Only from the friend's consent on: before it a referral would tell the answer to an ask, which
    its asker alone may know (invariant 21).
    """
    at = at or now()
    branches = [
        b for b in standing(person).branches(Permission.SEE_BRANCH) if notice_in_force(at, b)
    ]
    if not branches:
        return Referral.objects.none()
    return Referral.objects.filter(
        branch_id__in=branches,
        consented_at__isnull=False,
        originator__notice_acknowledged_at__lte=at,
    )


def visible_to(person: Person, *, at: datetime | None = None) -> QuerySet[Referral]:
    """Every referral whose existence the person may know (domain.md, who sees what).

    The originator for good; holder and assistant while their grant is valid; a manager what
    `overseen` allows. Names and stages only: contact data have their own door.
    """
    at = at or now()
    own = Q(originator=person) | Q(pk__in=granted_to(person, at).values("referral"))
    if standing(person).branches(Permission.SEE_BRANCH):
        own |= Q(pk__in=overseen(person, at=at).values("pk"))
    return Referral.objects.filter(own)


def find(person: Person, public_id: str, *, at: datetime | None = None) -> Referral:
    """One referral with what its page needs. Raises Referral.DoesNotExist for anyone else's."""
    return (
        visible_to(person, at=at)
        .select_related("party", "originator", "branch", "invitation", "ask", *LINE)
        .get(public_id=public_id)
    )


def meetings_to_confirm(person: Person) -> QuerySet[Meeting]:
    """Held meetings waiting for someone else's word, in the branches where `person` confirms."""
    return (
        Meeting.objects.filter(
            referral__branch_id__in=standing(person).branches(Permission.CONFIRM),
            held_at__isnull=False,
            confirmed_at=None,
        )
        .exclude(set_by=person)
        .exclude(referral__originator=person)
    )
