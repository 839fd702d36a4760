"""The reader's own money beside each row: expected while talking, earned when sold."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from django.core.cache import cache
from django.db.models import OuterRef, Subquery, Sum

from polecam.bonuses.models import Line, LineState
from polecam.bonuses.queries import rates
from polecam.claims.queries import in_force
from polecam.insights import expected
from polecam.people.models import Person
from polecam.referrals import states
from polecam.sales.models import Sale

KEPT_SECONDS = 600


class Paying(Protocol):
    """A row of the list, as far as money is concerned."""

    pk: int
    state: str
    branch_id: int
    plan_version_id: int | None
    meeting_confirmed: bool
    estimate_grosze: int | None
    earned_grosze: int | None
    sale_state: str
    sold_on: date | None


def add_money(rows: Sequence[Paying], person: Person, *, at: datetime, zone: str) -> None:
    """Fill in the amounts (grosze, gross, the reader's own share): two queries at most."""
    talking = [row for row in rows if row.state == states.MEETING and row.plan_version_id]
    shares = own_shares(person, [row.pk for row in talking])
    for row in talking:
        row.estimate_grosze = expected.of_referral(
            row.state,
            rates(row.plan_version_id or 0),
            likely(row.branch_id, at=at, zone=zone),
            met=row.meeting_confirmed,
            share_bp=shares.get(row.pk, 0),
        ).grosze
    _earned({row.pk: row for row in rows if row.state == states.WON}, person)


def own_shares(person: Person, referrals: Sequence[int]) -> dict[int, int]:
    """The person's part of each referral's credit in force, in basis points."""
    if not referrals:
        return {}
    rows = in_force().filter(referral__in=referrals, person=person)
    return dict(rows.values_list("referral", "share_bp"))


def likely(branch_id: int, *, at: datetime, zone: str) -> expected.Chances:
    """The branch's chances, computed at most every ten minutes in a process."""
    key = f"chances-{branch_id}"
    found = cache.get(key)
    if found is None:
        found = expected.chances(branch_id, at, zone)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _earned(won: dict[int, Paying], person: Person) -> None:
    if not won:
        return
    lines = (
        Line.objects.filter(fact__referral=OuterRef("referral__public_id"), person=person)
        .exclude(state=LineState.VOID)
        .order_by()
        .values("person")
        .annotate(total=Sum("amount_grosze"))
        .values("total")
    )
    sales = Sale.objects.filter(referral__in=list(won)).annotate(earned=Subquery(lines))
    for pk, state, sold_on, earned in sales.values_list("referral", "state", "sold_on", "earned"):
        row = won[pk]
        row.sale_state, row.sold_on, row.earned_grosze = state, sold_on, earned
