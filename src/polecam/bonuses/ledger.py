"""The double-entry ledger: the only place that writes transactions, entries and balances.

A transaction is opened, filled, then closed: balances move by its entries and it is sealed, all
inside the caller's database transaction. An unsealed transaction is therefore seen by nobody but
the run that fills it. Accounts are locked in the order of their ids before anything is posted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max

from polecam.bonuses import rules, statements
from polecam.bonuses.models import (
    Account,
    Entry,
    LedgerTransaction,
    MonthState,
    PayrollMonth,
    TransactionKind,
)
from polecam.kit import periods
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.store import clock

UNIT = "PLN"
Accounts = dict[tuple[int, str], Account]


@dataclass(frozen=True)
class Move:
    """`amount` grosze of one seller from one account to another."""

    kind: str
    person_id: int
    source: str
    target: str
    amount: int
    reverses_id: int | None = None


def open_month(at: datetime) -> str:
    """The month (`YYYY-MM`) in which something of `at` is posted: that of its recording, or, once
    payroll has closed that one, the next that is open."""
    month = rules.lands_in(at, clock.now(at), settings.zone())
    shut = PayrollMonth.objects.filter(state__in=(MonthState.CLOSED, MonthState.PAID))
    last = shut.aggregate(last=Max("month"))["last"]
    return max(month, periods.next_month(last)) if last else month


def lock_accounts(person_ids: Iterable[int], kinds: Iterable[str], unit: str = UNIT) -> Accounts:
    """The accounts of these sellers, made where missing, locked in the order of their ids."""
    people, names = sorted(set(person_ids)), sorted(set(kinds))
    accounts = Account.objects.filter(person_id__in=people, kind__in=names, unit=unit)
    found = list(accounts.select_for_update(no_key=True).order_by("id"))
    if len(found) < len(people) * len(names):
        Account.objects.bulk_create(
            [Account(person_id=p, kind=k, unit=unit) for p in people for k in names],
            ignore_conflicts=True,
        )
        found = list(accounts.select_for_update(no_key=True).order_by("id"))
    return {(account.person_id or 0, account.kind): account for account in found}


def open_transactions(rows: Iterable[LedgerTransaction]) -> list[LedgerTransaction]:
    """Write transactions, still open, in the order given; the first has the lowest id."""
    made = LedgerTransaction.objects.bulk_create(rows)
    return sorted(made, key=lambda row: row.pk)


def close(first: int) -> None:
    """Move the balances by the entries of what was opened, from the transaction with the id `first`
    on, and seal it. Accounts are locked.

    The database refuses to seal what does not sum to zero.
    """
    with connection.cursor() as cursor:
        cursor.execute(statements.BALANCES, [first])
        cursor.execute(statements.SEAL, [True, first])


def post(moves: list[Move], *, month: str, at: datetime) -> list[LedgerTransaction]:
    """One balanced, sealed transaction for each move, in order. `month` is the open one."""
    if not moves:
        return []
    kinds = {kind for move in moves for kind in (move.source, move.target)}
    accounts = lock_accounts({move.person_id for move in moves}, kinds)
    opened = open_transactions(
        LedgerTransaction(
            kind=move.kind,
            month=month,
            person_id=move.person_id,
            at=at,
            reverses_id=move.reverses_id,
        )
        for move in moves
    )
    Entry.objects.bulk_create(
        Entry(transaction=row, account=accounts[move.person_id, kind], amount=amount)
        for row, move in zip(opened, moves, strict=True)
        for kind, amount in ((move.source, -move.amount), (move.target, move.amount))
    )
    close(opened[0].pk)
    return opened


def post_sides(
    kind: str, person_id: int, sides: Mapping[str, int], *, month: str, at: datetime
) -> LedgerTransaction:
    """One sealed transaction of a seller over several accounts; `sides` sum to zero."""
    accounts = lock_accounts([person_id], sides)
    opened = open_transactions(
        [LedgerTransaction(kind=kind, month=month, person_id=person_id, at=at)]
    )
    Entry.objects.bulk_create(
        Entry(transaction=opened[0], account=accounts[person_id, name], amount=amount)
        for name, amount in sides.items()
        if amount
    )
    close(opened[0].pk)
    return opened[0]


def reverse(transaction: LedgerTransaction, *, month: str, at: datetime) -> LedgerTransaction:
    """Take a seller's transaction back, entry by entry: every balance it touched is as before.

    Raises Refused("already_reversed") the second time.
    """
    entries = list(Entry.objects.filter(transaction=transaction).select_related("account"))
    people = {person for e in entries if (person := e.account.person_id) is not None}
    lock_accounts(people, {entry.account.kind for entry in entries}, transaction.unit)
    if LedgerTransaction.objects.filter(reverses=transaction).exists():
        raise Refused("already_reversed")
    (opened,) = open_transactions(
        [
            LedgerTransaction(
                kind=TransactionKind.VOID,
                unit=transaction.unit,
                month=month,
                person_id=transaction.person_id,
                component_id=transaction.component_id,
                at=at,
                reverses=transaction,
            )
        ]
    )
    Entry.objects.bulk_create(
        Entry(transaction=opened, account=entry.account, amount=-entry.amount) for entry in entries
    )
    close(opened.pk)
    return opened
