"""Joint sales (wspólne sprzedaże): won referrals whose credit two or more sellers share."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from polecam.claims.queries import in_force
from polecam.claims.shares.rules import SHARED_FROM
from polecam.people.models import Person
from polecam.sales.models import Sale, SaleState

COUNTING = (SaleState.CONFIRMED, SaleState.RETAINED)
QUARTER = timedelta(days=90)


def counted() -> QuerySet[Sale]:
    """Sales that somebody else confirmed and that were not voided."""
    return Sale.objects.filter(state__in=COUNTING)


def of_branch(branch_id: int, at: datetime) -> int:
    """How many joint sales the branch made in the ninety days up to `at`."""
    return of_places([branch_id], at)


def of_places(places: Iterable[int], at: datetime) -> int:
    """The same of several places together."""
    lately = counted().filter(
        branch_id__in=list(places), confirmed_at__gt=at - QUARTER, confirmed_at__lte=at
    )
    shared = in_force().filter(referral__in=lately.values("referral")).values("referral")
    return shared.annotate(people=Count("pk")).filter(people__gte=SHARED_FROM).count()


def people_of(referrals: Collection[int]) -> dict[int, list[int]]:
    """Ids of everyone who shares each of these referrals, where it is more than one."""
    found: dict[int, list[int]] = {}
    if referrals:
        rows = in_force().filter(referral__in=referrals).order_by("referral", "-share_bp", "person")
        for referral, person in rows.values_list("referral", "person"):
            found.setdefault(referral, []).append(person)
    return {referral: who for referral, who in found.items() if len(who) >= SHARED_FROM}


def of_person(person: Person) -> dict[int, set[int]]:
    """Joint sales of the person: the referral's id -> ids of the others."""
    own = in_force().filter(person=person, referral__in=counted().values("referral"))
    others = in_force().filter(referral__in=own.values("referral")).exclude(person=person)
    found: dict[int, set[int]] = {}
    for referral, other in others.values_list("referral", "person"):
        found.setdefault(referral, set()).add(other)
    return found
