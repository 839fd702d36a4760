"""If-then plans, read by their seller alone."""

from collections.abc import Iterable

from django.db.models import QuerySet

from polecam.asking.models import IfThenPlan
from polecam.people.models import Person

LONGEST = 300
"""Characters of what one means to say."""


def of(person: Person) -> QuerySet[IfThenPlan]:
    """The person's own plans in force. Nobody else has a query for them."""
    return IfThenPlan.objects.filter(seller=person, ended_at=None).order_by("moment_kind", "id")


def at_moment(plans: Iterable[IfThenPlan], kind: str) -> IfThenPlan | None:
    """The plan for a kind of moment, else the one for any good moment."""
    found = {plan.moment_kind: plan for plan in plans}
    return found.get(kind) or found.get("")
