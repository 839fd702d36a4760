"""A seller's own statements: a list by month, and one with everything behind its figures.

Reads only, and only the person's own. A month without a stored statement is a draft: its figures
are computed when looked at, and tell what the ledger says at that moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from polecam.bonuses.closing.figures import Figures, figures, read
from polecam.bonuses.models import ExtraPosting, LedgerTransaction, Line, Statement
from polecam.insights.my_months import my_months
from polecam.insights.seller import extras_of, first_names, lines_of, others_of
from polecam.people.models import Person

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Entry:
    """One month of the list. `state`: draft, published, locked, paid; a draft has no figures."""

    month: str
    state: str
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One statement: its figures, and the rows of the ledger that its lines name."""

    month: str
    state: str
    figures: Figures
    statement: Statement | None = None
    lines: dict[str, Line] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    extras: list[ExtraPosting] = field(default_factory=list)
    others: list[LedgerTransaction] = field(default_factory=list)
    payments: list[Statement] = field(default_factory=list)


def my_statements(person: Person, now: str) -> list[Entry]:
    """The person's months, newest first: stored statements, and drafts of those since. `now` is
    this month `YYYY-MM`."""
    rows = Statement.objects.filter(person=person).select_related("payroll_month")
    stored = {row.payroll_month.month: row for row in rows}
    months = {one.month for one in my_months(person, now)} | set(stored)
    last = max(stored, default="")
    return [
        Entry(month, stored[month].state if month in stored else DRAFT, stored.get(month))
        for month in sorted(months, reverse=True)
        if month in stored or month > last
    ]


def my_statement(person: Person, month: str, *, at: datetime) -> Paper | None:
    """The person's statement of a month; None where there is nothing to tell."""
    stored = (
        Statement.objects.filter(person=person, payroll_month__month=month)
        .select_related("payroll_month", "payment")
        .first()
    )
    found = read(stored.body) if stored else figures([person.pk], month).get(person.pk)
    if found is None:
        return None
    lines = {
        line.public_id: line
        for line in lines_of(person)
        .filter(public_id__in=set(_lines(found)))
        .select_related("fact__version", "component", "accrual", "vesting", "voiding", "paying")
        .order_by("fact__confirmed_at", "id")
    }
    kinds = {movement.kind for movement in found.movements}
    names = first_names(person, {line.fact.referral for line in lines.values()}, at=at)
    return Paper(
        month=month,
        state=stored.state if stored else DRAFT,
        figures=found,
        statement=stored,
        lines=lines,
        names=names,
        extras=list(extras_of(person, month)) if kinds & {"extra", "voided"} else [],
        others=list(others_of(person).filter(month=month)) if kinds & OTHERS else [],
        payments=list(_paid_in(person, month)) if "paid" in kinds else [],
    )


OTHERS = {"pool", "guarantee", "draw", "netted", "repaid", "waived"}
"""Movements that have a reason of their own instead of lines."""


def _paid_in(person: Person, month: str) -> QuerySet[Statement]:
    """The statements whose payment was posted in a month."""
    rows = Statement.objects.filter(person=person, payment__month=month)
    return rows.select_related("payroll_month").order_by("payroll_month__month")


def _lines(found: Figures) -> Iterable[str]:
    for movement in found.movements:
        yield from (str(line) for line, _amount in movement.lines)
    yield from (str(line) for line, _amount in found.payout.lines)
