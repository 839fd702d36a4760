"""Writing what is wanting: transactions, lines, entries, balances.

`few` carries the handful of an event through Python: one statement computes, short ones write.
`many` leaves a whole month in the database: computed once into a table of the session, then written
by INSERT ... SELECT. Both write the same rows.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from polecam.bonuses import ledger, statements
from polecam.bonuses.models import (
    AccountKind,
    LedgerTransaction,
    LineState,
    TransactionKind,
)
from polecam.bonuses.sql import Query
from polecam.store.fields import new_public_id

Cell = tuple[int, int, int, str]
"""Way (0 up, 1 down, 2 owed), person, component and month: one transaction each."""
OWED = 2
WAYS = (0, 1, OWED)
AT_ONCE = 2_000
"""So many transactions or lines go into one statement."""


def few(wanting: Query, at: datetime) -> list[LedgerTransaction]:
    """Compute and write what is wanting for a few cells; their accounts are locked."""
    rows = _rows(statements.found(wanting))
    sums: dict[Cell, int] = defaultdict(int)
    for way, person, part, month, amount, *_ in rows:
        sums[way, person, part, month] += amount
    opened = open_cells(sums, at)
    ids = {one[1:5]: one.pk for one in opened}
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
    return post(opened, at)


def _sides(way: int, amount: int) -> tuple[tuple[str, int], tuple[str, int]]:
    target = AccountKind.RECEIVABLE if way == OWED else AccountKind.PENDING
    return (AccountKind.EXPENSE, -amount), (target, amount)


def is_wanting(wanting: Query) -> bool:
    """Whether anything is to be written at all."""
    return bool(_rows(statements.any_of(wanting)))


def many(wanting: Query, at: datetime) -> list[LedgerTransaction]:
    """Compute and write what is wanting for any number of cells; their accounts are locked."""
    with _computed(wanting):
        opened = open_all(at)
        for start in range(0, len(opened), AT_ONCE):
            write_lines(opened[start : start + AT_ONCE])
    return post(opened, at)


class Opened(NamedTuple):
    """An open transaction, its cell, and the sum of the lines that are to come into it."""

    pk: int
    way: int
    person: int
    part: int
    month: str
    amount: int


def open_all(at: datetime) -> list[Opened]:
    """Open a transaction for every cell of what was computed."""
    return open_cells({cell[:4]: cell[4] for cell in _rows(Query(statements.CELLS))}, at)


def open_cells(sums: Mapping[Cell, int], at: datetime) -> list[Opened]:
    """Open a transaction for each cell, by the sum of its lines."""
    moment = str(connection.ops.adapt_datetimefield_value(at))
    found = []
    for way in WAYS:
        cells = sorted(cell[1:] for cell in sums if cell[0] == way)
        for start in range(0, len(cells), AT_ONCE):
            rows = _rows(statements.opening(cells[start : start + AT_ONCE], moment))
            for pk, person, part, month in rows:
                cell = way, person, part, month
                found.append(Opened(pk, *cell, sums[cell]))
    return sorted(found)


def write_lines(opened: list[Opened]) -> None:
    """The lines of open transactions, out of what was computed."""
    query = statements.lines(one[:5] for one in opened)
    with connection.cursor() as cursor:
        cursor.execute(query.text, query.values)


def post(opened: list[Opened], at: datetime) -> list[LedgerTransaction]:
    """Both entries of open transactions; balances; seals."""
    for start in range(0, len(opened), AT_ONCE):
        sides = [
            (one.pk, one.person, kind, amount)
            for one in opened[start : start + AT_ONCE]
            for kind, amount in _sides(one.way, one.amount)
        ]
        with connection.cursor() as cursor:
            cursor.execute(statements.entries(sides))
    if opened:
        ledger.close(opened[0].pk)
    return [
        LedgerTransaction(
            pk=one.pk,
            kind=TransactionKind.ACCRUE,
            month=one.month,
            person_id=one.person,
            component_id=one.part,
            at=at,
        )
        for one in opened
    ]


def _rows(query: Query) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query.text, query.values)
        return cursor.fetchall()


@contextmanager
def _computed(wanting: Query) -> Iterator[None]:
    """What is wanting, as a table of this session."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE wanted AS {wanting.text}", wanting.values)
        yield
        cursor.execute("DROP TABLE wanted")
