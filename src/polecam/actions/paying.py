"""A closed month is marked as paid: person by person, each once, whatever happens in between."""

from datetime import datetime

from django.db.models import Sum

from polecam.actions.closing_checks import require_for_all
from polecam.actions.promised import mark_paid, payment
from polecam.bonuses import ledger
from polecam.bonuses.closing import figures as closing
from polecam.bonuses.closing.promises import promised
from polecam.bonuses.models import (
    AccountKind,
    Entry,
    LedgerTransaction,
    Line,
    LineState,
    MonthState,
    PayrollMonth,
    Statement,
    StatementState,
    TransactionKind,
)
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission
from polecam.store.tx import action, each, in_steps, lock


@in_steps()
def pay(*, by: Person | None, at: datetime, month: str) -> int:
    """Post the payment of every locked statement of a closed month; how many were paid by this.

    One short transaction for each person: interrupted, it is called again and goes on. A statement
    that pays nothing is done without a payment. The postings stand in the month open at `at`.
    Raises Refused("month_not_closed"), NotAllowed.
    """
    require_for_all(by, Permission.PAY)
    row = PayrollMonth.objects.filter(month=month).first()
    if row is None or row.state not in (MonthState.CLOSED, MonthState.PAID):
        raise Refused("month_not_closed")
    waiting = Statement.objects.filter(payroll_month=row, state=StatementState.LOCKED)
    ids = list(waiting.order_by("person").values_list("pk", flat=True))
    paid = each(ids, lambda pk: _pay(pk, month, at=at, by=by))
    _finish(row, at=at, by=by)
    return paid


def _pay(pk: int, month: str, *, at: datetime, by: Person | None) -> int:
    with action():
        own = Statement.objects.only("person").get(pk=pk)
        lines = list(
            Line.objects.filter(
                person=own.person_id, state=LineState.PAYABLE, vesting__month__lte=month
            )
            .select_for_update(of=("self",), no_key=True)
            .order_by("id")
        )
        ledger.lock_accounts([own.person_id], (AccountKind.PAYABLE, AccountKind.PAID))
        statement = lock(own)
        if statement.state != StatementState.LOCKED:
            return 0
        parts = promised(lines)
        left = statement.payout_grosze - _paid_early(statement)
        if statement.payout_grosze:
            _require_kept(statement, left, sum(parts.values()))
        if left:
            move = payment(statement.person_id, left)
            (statement.payment,) = ledger.post([move], month=ledger.open_month(at), at=at)
        paying = statement.payment or _last_payment(statement.person_id)  # all was paid early
        mark_paid([line for line in lines if line.pk in parts], parts, paying)
        statement.state, statement.paid_at = StatementState.PAID, at
        statement.save(update_fields=["state", "paid_at", "payment"])
        data = {
            "month": month,
            "person": statement.person_id,
            "grosze": statement.payout_grosze,
            "lines": len(parts),
        }
        record("statement.paid", statement, by=by, at=at, data=data)
    return 1


def _last_payment(person_id: int) -> LedgerTransaction | None:
    rows = LedgerTransaction.objects.filter(person=person_id, kind=TransactionKind.PAY)
    return rows.order_by("-id").first()


def _paid_early(statement: Statement) -> int:
    """What of this statement counted as paid before its pay-day (`actions.promised`)."""
    posted = Entry.objects.filter(
        account__person=statement.person_id,
        account__kind=AccountKind.PAID,
        account__unit=ledger.UNIT,
        transaction__kind=TransactionKind.PAY,
    ).aggregate(total=Sum("amount"))["total"]
    earlier = Statement.objects.filter(person=statement.person_id, state=StatementState.PAID)
    return int(posted or 0) - int(earlier.aggregate(total=Sum("payout_grosze"))["total"] or 0)


def _require_kept(statement: Statement, left: int, of_lines: int) -> None:
    """What is left of a statement is what its lines and its other amounts still promise."""
    others = closing.read(statement.body).payout.others
    if left != of_lines + others:
        raise RuntimeError(
            f"statement {statement.public_id} still owes {left} grosze, "
            f"its lines {of_lines} and other amounts {others}"
        )


def _finish(row: PayrollMonth, *, at: datetime, by: Person | None) -> None:
    with action():
        row = lock(row)
        open_ones = Statement.objects.filter(payroll_month=row, state=StatementState.LOCKED)
        if row.state != MonthState.CLOSED or open_ones.exists():
            return
        row.state, row.paid_at, row.paid_by = MonthState.PAID, at, by
        row.save(update_fields=["state", "paid_at", "paid_by"])
        data = {"month": row.month, "payout": row.totals.get("payout", 0)}
        record("payroll_month.paid", row, by=by, at=at, data=data)
