"""One row of a file of clients, parsed. Who it is, is decided above."""

from dataclasses import dataclass
from datetime import date

from polecam.imports import cells
from polecam.imports.cells import BadCell
from polecam.imports.fields import Fields
from polecam.imports.records import BROKEN

OLDEST = date(1900, 1, 1)
FARTHEST_RENEWAL_DAYS = 18_300


@dataclass(frozen=True, slots=True)
class ClientRow:
    """What a row says of a client; empty where it says nothing. `phone` is E.164.

    A row that cannot be taken has `problem` (a code of imports.reasons) and `column`.
    """

    line: int
    cells: list[str]
    number: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    email: str = ""
    owner: str = ""
    since: date | None = None
    renews_on: date | None = None
    product: str = ""
    problem: str = ""
    column: str = ""


def parse(line: int, row: list[str], mapping: dict[str, str], *, today: date) -> ClientRow:
    """Read one row; never raises."""
    if row[:1] == [BROKEN]:
        return ClientRow(line, row[1:], problem="broken_row")
    read = Fields(row, mapping)
    try:
        first, last = read.name()
        if not first and not last:
            raise BadCell("missing")
        return ClientRow(
            line,
            row,
            number=read.get("number", _number),
            first_name=first,
            last_name=last,
            phone=read.get("phone", cells.phone),
            email=read.get("email", cells.email),
            owner=read.get("owner", _owner),
            since=read.get("since", lambda cell: _past(cells.day(cell), today)),
            renews_on=read.get("renews_on", lambda cell: _near(cells.day(cell), today)),
            product=read.get("product", _product),
        )
    except BadCell as bad:
        return ClientRow(line, row, problem=bad.code, column=read.column)


def _number(cell: str) -> str:
    return cells.text(cell, most=40)


def _owner(cell: str) -> str:
    return cells.text(cell, most=160)


def _product(cell: str) -> str:
    return cells.text(cell)[:80]


def _near(day: date | None, today: date) -> date | None:
    """A renewal lies within fifty years of today, or it is a slip."""
    if day and abs((day - today).days) > FARTHEST_RENEWAL_DAYS:
        raise BadCell("date_invalid")
    return day


def _past(day: date | None, today: date) -> date | None:
    if day and not OLDEST <= day <= today:
        raise BadCell("date_future" if day > today else "date_invalid")
    return day
