"""What a closed month promised and is taken back before its pay-day: inner steps.

Lines are locked by the caller, then the accounts of their people.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F

from polecam.bonuses import ledger
from polecam.bonuses.closing.promises import promised
from polecam.bonuses.ledger import Move
from polecam.bonuses.models import (
    AccountKind,
    LedgerTransaction,
    Line,
    LineState,
    TransactionKind,
)


def keep_promises(lines: Collection[Line], *, at: datetime) -> None:
    """Count as paid what a locked statement promises of these lines, before they are taken back.

    The statement stays byte-identical and its payment whole; what goes back is a receivable.
    """
    parts = promised(lines)
    by_person: dict[int, list[Line]] = {}
    for line in lines:
        if line.pk in parts:
            by_person.setdefault(line.person_id, []).append(line)
    for person_id in sorted(by_person):
        own = by_person[person_id]
        total = sum(parts[line.pk] for line in own)
        if not total:  # a line and its later difference: nothing of them is promised
            continue
        (paying,) = ledger.post([payment(person_id, total)], month=ledger.open_month(at), at=at)
        mark_paid(own, parts, paying)


def payment(person_id: int, amount: int) -> Move:
    """`amount` grosze of a seller go from payable to paid."""
    return Move(TransactionKind.PAY, person_id, AccountKind.PAYABLE, AccountKind.PAID, amount)


def mark_paid(
    lines: Collection[Line], parts: dict[int, int], paying: LedgerTransaction | None
) -> None:
    """Write on (locked) payable lines what of them was paid; whole, a line is paid."""
    whole, rest = [], []
    for line in lines:
        line.paid_grosze += parts[line.pk]
        line.paying = paying
        if line.paid_grosze == line.amount_grosze:
            line.state = LineState.PAID
            whole.append(line.pk)
        else:
            rest.append(line)
    Line.objects.filter(pk__in=whole).update(
        state=LineState.PAID, paid_grosze=F("amount_grosze"), paying=paying
    )
    for line in rest:
        line.save(update_fields=["paid_grosze", "paying"])
