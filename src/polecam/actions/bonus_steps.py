"""Inner steps of everything that moves a bonus: facts entered, taken back, vested.

All are called inside the transaction of an action. Locks: lines by id, budgets, then accounts.

What one fact earns may change what others of its month earn, and with a budget what other sellers
do: whoever enters or takes back facts lets the engine look at those months again.
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


def months_of(facts: Iterable[CreditedFact]) -> engine.Scope:
    """The months of sellers in which these facts count."""
    facts = list(facts)
    cells = {(fact.person_id, fact.month) for fact in facts}
    written = {fact.pk for fact in facts if fact.pk is not None}
    return engine.of_cells(cells, {str(fact.kind) for fact in facts}, written)


def hold_for(facts: Iterable[CreditedFact], people: Iterable[int] = ()) -> None:
    """Lock every budget and account that entering or taking back these facts may touch, before a
    deed that posts more than one time. `people`: whose accounts it needs besides."""
    facts = list(facts)
    touched = engine.hold(months_of(facts), {fact.version_id for fact in facts})
    hold_accounts({*people, *touched})


def enter(
    facts: Iterable[CreditedFact],
    *,
    at: datetime,
    by: Person | None,
    instead_of: Iterable[CreditedFact] = (),
) -> list[CreditedFact]:
    """Write facts, what they earn, and an event for each. `instead_of`: facts that were taken back
    for them, whose sellers' months are computed anew as well."""
    facts = CreditedFact.objects.bulk_create(facts)
    _run(months_of([*facts, *instead_of]), at=at, by=by)
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
    facts: Iterable[CreditedFact],
    lines: list[Line],
    *,
    at: datetime,
    by: Person | None,
    anew: bool = False,
) -> None:
    """Void these (locked) lines and reverse these facts, whose lines they are. What else counts in
    the same months gets its difference, unless the facts are entered `anew` right after.

    What waits of them for a dispute is given back first, and what a closed month promised of them
    is paid: that part becomes a receivable.
    """
    facts, month = list(facts), ledger.open_month(at)
    hold_for(facts, [line.person_id for line in lines])
    lines = [*lines, *_newer(facts, lines)]
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
    if facts and not anew:
        _run(months_of(facts), at=at, by=by)


def _newer(facts: list[CreditedFact], lines: list[Line]) -> list[Line]:
    """Differences of these facts that were posted after their lines were read: by another deed in
    the same month of a seller, which was done first, or by this one. Accounts are held: the last.
    """
    rows = Line.objects.filter(fact__in=facts).exclude(state=LineState.VOID)
    rows = rows.exclude(pk__in=[line.pk for line in lines]).select_for_update(
        of=("self",), no_key=True
    )
    return list(rows.select_related("fact__version", "accrual", "component").order_by("id"))


def _run(scope: engine.Scope, *, at: datetime, by: Person | None) -> None:
    """Let the engine look. What it takes off payable lines is payable at once, below zero: the
    month that pays them pays less, and never a later one, which would net what was paid."""
    posted = engine.run(scope, at=at)
    lower = Line.objects.filter(
        accrual__in=posted,
        amount_grosze__lt=0,
        state=LineState.PENDING,
        corrects__state=LineState.PAYABLE,
        vests_at__lte=at,
    )
    by_person: dict[int, list[Line]] = {}
    for line in lower.order_by("person", "id"):
        by_person.setdefault(line.person_id, []).append(line)
    for person_id, own in by_person.items():
        vest(person_id, own, at=at, by=by)


def vest(person_id: int, lines: list[Line], *, at: datetime, by: Person | None) -> int:
    """Make these due (locked) lines of one seller payable, but for what waits of them.

    A line that waits as a whole stays held; given back, it vests. So does a difference below zero.
    Returns how many vested.
    """
    waiting = suspense.amounts_of(lines) if lines else {}
    moved = {line: line.amount_grosze - waiting.get(line.pk, 0) for line in lines}
    ways = (
        [line for line in lines if moved[line] > 0],
        [line for line in lines if line.amount_grosze < 0],
    )
    vested = [some for some in ways if some]
    if not vested:
        return 0
    month = ledger.open_month(at)
    moves = [
        ledger.Move(
            TransactionKind.VEST,
            person_id,
            AccountKind.PENDING,
            AccountKind.PAYABLE,
            sum(moved[line] for line in some),
        )
        for some in vested
    ]
    posted = ledger.post(moves, month=month, at=at)
    for some, vesting in zip(vested, posted, strict=True):
        Line.objects.filter(pk__in=[line.pk for line in some]).update(
            state=LineState.PAYABLE, vesting=vesting
        )
    count, total = sum(map(len, vested)), sum(move.amount for move in moves)
    record(
        "bonus.vested",
        posted[0],
        by=by,
        at=at,
        data={"person": person_id, "lines": count, "grosze": total},
    )
    return count


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
    sides: Counter[str] = Counter({AccountKind.EXPENSE: line.amount_grosze})
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
