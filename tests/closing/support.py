"""Months that end, are closed and paid: with the firm's clock in the past."""

from datetime import datetime, timedelta

from polecam.actions import bonuses, closing, paying
from polecam.bonuses.closing import figures as reads
from polecam.bonuses.models import Account, Line, PayrollMonth, Statement
from polecam.kit.periods import month_bounds, month_of, next_month, previous_month
from polecam.store.tx import action
from tests.bonuses.support import referral_of, sale_of

ZONE = "Europe/Warsaw"
START = "2025-03"


def day(month: str, number: int) -> datetime:
    """Noon or so of a day of a month."""
    return month_bounds(month, ZONE)[0] + timedelta(days=number - 1, hours=12)


def sold(client, seller, plan, at, margin=436_000, shares=None):
    """A confirmed sale, credited; 12.5% of its margin."""
    referral = referral_of(client, seller, plan, at, shares)
    made = sale_of(referral, seller, at, margin=margin)
    with action():
        bonuses.credit(kind="sale", referral=referral, source=made, at=at, base_grosze=margin)
    return made


def void(sale, at):
    with action():
        return bonuses.void(source=sale, at=at)


def vest(month: str, number: int = 25) -> int:
    return bonuses.vest_due(at=day(month, number))


def close(month: str, pawel, ada, number: int = 3):
    """Asked for by payroll, approved by the admin, on a day of the month after."""
    at = day(next_month(month), number)
    closing.ask(by=pawel, at=at, month=month)
    return closing.close(by=ada, at=at, month=month)


def pay(month: str, pawel, number: int = 10) -> int:
    return paying.pay(by=pawel, at=day(next_month(month), number), month=month)


def statement(person, month: str) -> Statement:
    return Statement.objects.get(person=person, payroll_month__month=month)


def identity(person) -> bool:
    """Invariant 12, for somebody without a part of a pool."""
    held = dict(Account.objects.filter(person=person).values_list("kind", "balance"))
    spent = -held.pop("expense", 0)
    return spent == sum(held.values())


def lines_of(person) -> list[tuple[str, int, int]]:
    rows = Line.objects.filter(person=person).order_by("id")
    return list(rows.values_list("state", "amount_grosze", "paid_grosze"))


def samples(person, branch, at) -> dict[str, str]:
    """One of each thing of payroll, for tests that walk the house: last month, published."""
    month = previous_month(month_of(at, ZONE))
    nothing = dict.fromkeys(("pending", "payable", "disputed", "receivable", "total"), 0)
    found = reads.Figures(
        month=month,
        person=person.public_id,
        engagement={"kind": "employment", "full_time_bp": 10_000, "known": False},
        opening=nothing,
        movements=[],
        closing=nothing,
        payout=reads.Payout(0, [], 0, "nothing_due"),
    )
    body = reads.write(found)
    made = Statement.objects.create(
        payroll_month=PayrollMonth.objects.create(month=month),
        person=person,
        engagement="employment",
        opening_grosze=0,
        closing_grosze=0,
        payout_grosze=0,
        body=body,
        digest=reads.digest(body),
        published_at=at,
    )
    line = Line.objects.select_related("accrual").get()
    return {
        "payroll:month": month,
        "payroll:public_id": person.public_id,
        "audit:public_id": person.public_id,
        "audit:kind": "pending",
        "audit:purse": "pool",
        "audit:branch": branch.public_id,
        "audit:transaction": line.accrual.public_id,
        "audit:line": line.public_id,
        "audit:statement": made.public_id,
    }


__all__ = [
    "START",
    "close",
    "day",
    "month_of",
    "pay",
    "samples",
    "sold",
    "statement",
    "vest",
    "void",
]
