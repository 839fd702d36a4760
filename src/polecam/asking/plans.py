"""If-then plans, read by their seller alone."""

from collections.abc import Iterable

from django.db.models import QuerySet

from polecam.asking.models import IfThenPlan, Script
from polecam.people.models import Person

LONGEST = 300
"""Characters of what one means to say."""


def of(person: Person) -> QuerySet[IfThenPlan]:
    """The person's own plans in force. Nobody else has a query for them."""
    return IfThenPlan.objects.filter(seller=person, ended_at=None).order_by("moment_kind", "id")


def beside(person: Person, scripts: Iterable[Script], kinds: Iterable[str]) -> list[IfThenPlan]:
    """The person's own plans for these kinds and for any, as `queries.scripts_for` brought them.

    So a page that has words asks no further query, unless a kind has no words of its own.
    """
    rows = list(scripts)
    found = [
        IfThenPlan(
            seller=person,
            moment_kind=kind,
            public_id=row.plan_id,  # type: ignore[attr-defined]
            then_sealed=row.plan_sealed,  # type: ignore[attr-defined]
        )
        for kind, row in {row.moment_kind: row for row in rows}.items()
        if row.plan_id  # type: ignore[attr-defined]
    ]
    unseen = {*kinds, ""} - {row.moment_kind for row in rows}
    return [*found, *of(person).filter(moment_kind__in=unseen)] if unseen else found


def at_moment(plans: Iterable[IfThenPlan], kind: str) -> IfThenPlan | None:
    """The plan for a kind of moment, else the one for any good moment."""
    found = {plan.moment_kind: plan for plan in plans}
    return found.get(kind) or found.get("")
