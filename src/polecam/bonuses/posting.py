"""Writing what is wanting: transactions, lines, entries, balances.

`few` carries the handful of an event through Python: one statement computes, short ones write.
`many` leaves a whole month in the database: computed once into a table of the session, then written
by INSERT ... SELECT. Both write the same rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from polecam.bonuses import ledger, statements
from polecam.bonuses.models import (
    AccountKind,
    Entry,
    LedgerTransaction,
    LineState,
    TransactionKind,
)
from polecam.bonuses.sql import Query
from polecam.store.fields import new_public_id

Cell = tuple[int, int, int, str]
"""Way (0 up, 1 down, 2 owed), person, component and month: one transaction each."""
OWED = 2
AT_ONCE = 2_000
"""So many transactions or lines go into one statement."""


def few(wanting: Query, accounts: ledger.Accounts, at: datetime) -> list[LedgerTransaction]:
    """Compute and write what is wanting for a few cells; `accounts` are theirs, locked."""
    with connection.cursor() as cursor:
        query = statements.found(wanting)
        cursor.execute(query.text, query.values)
        rows = cursor.fetchall()
    sums: dict[Cell, int] = defaultdict(int)
    for way, person, part, month, amount, *_ in rows:
        sums[way, person, part, month] += amount
    if not sums:
        return []
    cells = sorted(sums)
    opened = _open(cells, at)
    ids = {cell: row.pk for cell, row in zip(cells, opened, strict=True)}
    values = []
    for way, person, part, month, amount, until, *line in rows:
        state = LineState.OWED if way == OWED else LineState.PENDING
        accrual = ids[way, person, part, month]
        values.append((new_public_id(), *line, person, month, amount, state, until, accrual))
    for start in range(0, len(values), AT_ONCE):
        some = values[start : start + AT_ONCE]
        with connection.cursor() as cursor:
            marks = ", ".join([statements.ONE_LINE] * len(some))
            cursor.execute(
                f"{statements.INTO_LINES} VALUES {marks}", [value for row in some for value in row]
            )
    Entry.objects.bulk_create(
        Entry(transaction=row, account=accounts[person, kind], amount=amount)
        for row, (way, person, part, month) in zip(opened, cells, strict=True)
        for kind, amount in _sides(way, sums[way, person, part, month])
    )
    ledger.close(opened)
    return opened


def _sides(way: int, amount: int) -> tuple[tuple[str, int], tuple[str, int]]:
    target = AccountKind.RECEIVABLE if way == OWED else AccountKind.PENDING
    return (AccountKind.EXPENSE, -amount), (target, amount)


def is_wanting(wanting: Query) -> bool:
    """Whether anything is to be written at all."""
    query = statements.any_of(wanting)
    with connection.cursor() as cursor:
        cursor.execute(query.text, query.values)
        return cursor.fetchone() is not None


def many(wanting: Query, at: datetime) -> list[LedgerTransaction]:
    """Compute and write what is wanting for any number of cells; the accounts are locked."""
    with _computed(wanting):
        cells = list(_cells())
        if not cells:
            return []
        opened: list[LedgerTransaction] = []
        for start in range(0, len(cells), AT_ONCE):
            some = cells[start : start + AT_ONCE]
            rows = _open(some, at)
            write_lines([(row.pk, *cell) for row, cell in zip(rows, some, strict=True)])
            opened += rows
        post(opened)
    return opened


def write_lines(opened: Iterable[tuple[int, int, int, int, str]]) -> None:
    """The lines of open transactions (id, and their cell), out of what was computed."""
    query = statements.lines(opened)
    with connection.cursor() as cursor:
        cursor.execute(query.text, query.values)


def post(opened: list[LedgerTransaction]) -> None:
    """Entries of open transactions from their lines; balances; seals."""
    with connection.cursor() as cursor:
        for sign, spent in ((-1, 1), (1, 0)):
            cursor.execute(statements.ENTRIES, [sign, spent, opened[0].pk])
    ledger.close(opened)


@contextmanager
def _computed(wanting: Query) -> Iterator[None]:
    """What is wanting, as a table of this session."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE wanted AS {wanting.text}", wanting.values)
        yield
        cursor.execute("DROP TABLE wanted")


def _cells() -> list[Cell]:
    with connection.cursor() as cursor:
        cursor.execute(statements.CELLS)
        return cursor.fetchall()


def _open(cells: Iterable[Cell], at: datetime) -> list[LedgerTransaction]:
    return ledger.open_transactions(
        LedgerTransaction(
            kind=TransactionKind.ACCRUE, month=month, person_id=person, component_id=part, at=at
        )
        for _way, person, part, month in cells
    )
