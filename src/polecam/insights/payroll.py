"""The month's amounts of the people whose pay someone prepares. Amounts and names, no more."""

from dataclasses import dataclass, fields

from polecam.bonuses.months import MonthView, month_views
from polecam.people.models import Membership, Person
from polecam.people.permissions import Permission, standing


@dataclass(frozen=True, slots=True)
class Payee:
    """One person's month."""

    first_name: str
    last_name: str
    view: MonthView


@dataclass(frozen=True, slots=True)
class Amounts:
    """A month `YYYY-MM`: people by name, and the sum of all."""

    month: str
    rows: list[Payee]
    total: Payee


def amounts(person: Person, month: str) -> Amounts:
    """What `person` may see of a month: people of the branches whose amounts they may see.

    Someone who left is still paid, so past members count; those with nothing to tell are left out.
    """
    branches = standing(person).branches(Permission.SEE_AMOUNTS)
    members = Membership.objects.filter(branch__in=branches).values_list("person", flat=True)
    people = Person.objects.filter(pk__in=members).order_by("last_name", "first_name", "id")
    views = month_views(members, month)
    rows = [
        Payee(payee.first_name, payee.last_name, views[payee.pk])
        for payee in people
        if payee.pk in views and _tells(views[payee.pk])
    ]
    sums = {
        column.name: sum(getattr(row.view, column.name) for row in rows)
        for column in fields(MonthView)
    } | {"has_past": any(view.has_past for view in views.values())}
    return Amounts(
        month=month,
        rows=rows,
        total=Payee("", "", MonthView(**sums)),
    )


def _tells(view: MonthView) -> bool:
    return any((view.opening, view.accrued, view.voided, view.vested, view.paid, view.closing))
