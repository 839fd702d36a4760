"""Inner steps of everything that moves a bonus: facts entered, taken back, vested.

All are called inside the transaction of an action. Locks: lines by id, then accounts.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Sum

from polecam.actions import pool_steps, suspense
from polecam.actions.promised import keep_promises
from polecam.bonuses import engine, ledger
from polecam.bonuses.models import (
    AccountKind,
    CreditedFact,
    LedgerTransaction,
    Line,
    LineState,
    TransactionKind,
)
from polecam.journal.record import record
from polecam.people.models import Person


def hold_accounts(people: Iterable[int]) -> None:
    """Every account of these sellers at once, before a deed that posts more than one time: else two
    such deeds could each hold what the other one still needs."""
    ledger.lock_accounts(people, AccountKind.values)


def enter(facts: Iterable[CreditedFact], *, at: datetime, by: Person | None) -> list[CreditedFact]:
    """Write facts, what they earn, and an event for each."""
    facts = CreditedFact.objects.bulk_create(facts)
    engine.run(engine.of_facts([fact.pk for fact in facts]), at=at)
    amounts = dict(
        Line.objects.filter(fact__in=facts).values_list("fact").annotate(Sum("amount_grosze"))
    )
    for fact in facts:
        record(
            "bonus.credited",
            fact,
            by=by,
            at=at,
            branch=fact.branch_id,
            data={
                "kind": str(fact.kind),
                "source": fact.source,
                "referral": fact.referral,
                "person": fact.person_id,
                "amount_grosze": amounts.get(fact.pk, 0),
            },
        )
    return facts


def take_back(
    facts: Iterable[CreditedFact], lines: list[Line], *, at: datetime, by: Person | None
) -> None:
    """Void these (locked) lines and reverse these facts, whose lines they are.

    What waits of them for a dispute is given back first, and what a closed month promised of them
    is paid: that part becomes a receivable.
    """
    facts, month = list(facts), ledger.open_month(at)
    hold_accounts(line.person_id for line in lines)
    keep_promises(lines, at=at)
    suspense.release_lines(lines, at=at)
    pool_steps.take_back_left(facts, at=at, by=by)
    for line in lines:
        if line.state != LineState.POOLED:  # what a leaver's line brought left the pool just now
            line.voiding = _voiding(line, month=month, at=at)
        line.state = LineState.VOID
        line.save(update_fields=["state", "voiding"])
    for fact in facts:
        _reverse(fact, month=month, at=at, by=by)


def vest(person_id: int, lines: list[Line], *, at: datetime, by: Person | None) -> int:
    """Make these due (locked) lines of one seller payable, but for what waits of them.

    A line that waits as a whole stays held; given back, it vests. Returns how many vested.
    """
    waiting = suspense.amounts_of(lines) if lines else {}
    lines = [line for line in lines if line.amount_grosze > waiting.get(line.pk, 0)]
    if not lines:
        return 0
    total = sum(line.amount_grosze - waiting.get(line.pk, 0) for line in lines)
    month = ledger.open_month(at)
    move = ledger.Move(
        TransactionKind.VEST, person_id, AccountKind.PENDING, AccountKind.PAYABLE, total
    )
    (vesting,) = ledger.post([move], month=month, at=at)
    Line.objects.filter(pk__in=[line.pk for line in lines]).update(
        state=LineState.PAYABLE, vesting=vesting
    )
    record(
        "bonus.vested",
        vesting,
        by=by,
        at=at,
        data={"person": person_id, "lines": len(lines), "grosze": total},
    )
    return len(lines)


def _voiding(line: Line, *, month: str, at: datetime) -> LedgerTransaction:
    """A held line alone in its transaction: that one is reversed. Else its amount moves back.

    What of it was paid is owed by the seller now; the rest leaves the account it is in.
    """
    alone = not Line.objects.filter(accrual=line.accrual_id).exclude(pk=line.pk).exists()
    if line.state == LineState.PENDING and alone:
        return ledger.reverse(line.accrual, month=month, at=at)
    where = {
        LineState.PENDING: AccountKind.PENDING,
        LineState.PAYABLE: AccountKind.PAYABLE,
        LineState.PAID: AccountKind.RECEIVABLE,
        LineState.OWED: AccountKind.RECEIVABLE,
    }[LineState(line.state)]
    sides = Counter({AccountKind.EXPENSE: line.amount_grosze})
    sides[AccountKind.RECEIVABLE] -= line.paid_grosze
    sides[where] -= line.amount_grosze - line.paid_grosze
    return ledger.post_sides(TransactionKind.VOID, line.person_id, sides, month=month, at=at)


def _reverse(fact: CreditedFact, *, month: str, at: datetime, by: Person | None) -> None:
    back = CreditedFact.objects.create(
        kind=fact.kind,
        source=fact.source,
        referral=fact.referral,
        version=fact.version,
        branch_id=fact.branch_id,
        person_id=fact.person_id,
        share_bp=fact.share_bp,
        share_offset_bp=fact.share_offset_bp,
        base_grosze=fact.base_grosze,
        value_grosze=fact.value_grosze,
        ordinal=fact.ordinal,
        round=fact.round,
        month=month,
        confirmed_at=at,
        vests_at=fact.vests_at,
        reverses=fact,
    )
    record(
        "bonus.voided",
        back,
        by=by,
        at=at,
        branch=fact.branch_id,
        data={"fact": fact.public_id, "source": fact.source, "person": fact.person_id},
    )
