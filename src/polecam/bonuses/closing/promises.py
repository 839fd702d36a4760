"""What a closed month promises counts as paid, though the money moves some days later.

So a sale voided between the closing and the payment takes nothing out of a locked statement: it
makes a receivable, as after the payment. A month is closed only when the one before is paid, so at
most one statement of a person promises anything.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from polecam.bonuses.models import (
    LedgerTransaction,
    Line,
    LineState,
    Statement,
    StatementState,
    Suspense,
)
from polecam.bonuses.rules import may_claw_back


def promised_month(people: Iterable[int]) -> dict[int, str]:
    """Person id -> the closed month whose statement promises them money that is not paid yet."""
    rows = Statement.objects.filter(
        person__in=set(people), state=StatementState.LOCKED, payout_grosze__gt=0
    )
    return dict(rows.values_list("person", "payroll_month__month"))


def promised(lines: Collection[Line]) -> dict[int, int]:
    """How much of each payable line is promised and not paid yet, by the line's id.

    Whoever goes by it holds the accounts of these people: a closing holds them, too.
    """
    months = promised_month({line.person_id for line in lines if line.state == LineState.PAYABLE})
    if not months:
        return {}
    own = Line.objects.filter(pk__in=[line.pk for line in lines], state=LineState.PAYABLE)
    vested = dict(own.values_list("pk", "vesting__month"))
    found = {}
    for month in set(months.values()):
        reached = [
            line
            for line in lines
            if months.get(line.person_id) == month and vested.get(line.pk, "9999") <= month
        ]
        later = waiting_after(Suspense.objects.filter(line__in=reached), month)
        for line in reached:
            part = line.amount_grosze - line.paid_grosze - later.get(line.pk, 0)
            if part:
                found[line.pk] = part
    return found


def waiting_after(rows: QuerySet[Suspense], month: str) -> dict[int, int]:
    """What was not given back by the end of `month`: waits for a decision, by the line's id."""
    return by_line(rows.filter(Q(release=None) | Q(release__month__gt=month)))


def by_line(rows: QuerySet[Suspense]) -> dict[int, int]:
    """Grosze of suspense by the line's id."""
    totals = rows.order_by().values_list("line").annotate(total=Sum("amount_grosze"))
    return {line: int(total) for line, total in totals}


def is_paid(posting: LedgerTransaction) -> bool:
    """Whether an amount that was payable at once (an extra, a part of a pool, a guarantee) was paid
    by a statement, or is promised by one."""
    return Statement.objects.filter(
        person=posting.person_id,
        payroll_month__month__gte=posting.month,
        state__in=(StatementState.LOCKED, StatementState.PAID),
        payout_grosze__gt=0,
    ).exists()


def lasting(lines: Collection[Line], at: datetime) -> set[int]:
    """Ids of those lines (with fact and version) that stay whatever happens at `at`.

    What was paid or promised is asked back only while the plan's clawback lasts.
    """
    sure = promised(lines)
    return {
        line.pk
        for line in lines
        if (line.state == LineState.PAID or line.paid_grosze or line.pk in sure)
        and not may_claw_back(line.fact.confirmed_at, line.fact.version.clawback_days, at)
    }
