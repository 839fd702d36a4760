"""One row of a file of clients, parsed. Who it is, is decided above."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from polecam.imports import cells
from polecam.imports.cells import BadCell
from polecam.imports.contacts import MOBILE
from polecam.imports.fields import Fields
from polecam.imports.records import trouble

NAMED = ("full_name", "name_last_first", "first_name", "last_name", "company")
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
    spare: int = 0
    """Further numbers and addresses, of which a client has one each."""
    problem: str = ""
    column: str = ""


def parse(line: int, row: list[str], mapping: dict[str, str], *, today: date) -> ClientRow:
    """Read one row; never raises."""
    if problem := trouble(row):
        return ClientRow(line, row[1:], problem=problem)
    read = Fields(row, mapping)
    try:
        first, last = read.name()
        if not first and not last:
            read.column = next(filter(read.has, NAMED), "full_name")
            raise BadCell("missing")
        phones = _several(read, ("phone", "phone2", "phone3", "phone4"), cells.phones)
        phones.sort(key=lambda number: not MOBILE.match(number))
        emails = _several(read, ("email", "email2"), cells.addresses)
        return ClientRow(
            line,
            row,
            number=read.get("number", _number),
            first_name=first,
            last_name=last,
            phone=next(iter(phones), ""),
            email=next(iter(emails), ""),
            spare=max(0, len(phones) - 1) + max(0, len(emails) - 1),
            owner=read.get("owner", _owner),
            since=read.get("since", lambda cell: _past(cells.day(cell), today)),
            renews_on=read.get("renews_on", lambda cell: _near(cells.day(cell), today)),
            product=read.get("product", _product),
        )
    except BadCell as bad:
        return ClientRow(line, row, problem=bad.code, column=read.column)


def _several(
    read: Fields, columns: tuple[str, ...], parse: Callable[[str], list[str]]
) -> list[str]:
    """What the columns say, each once. A bad cell is no harm where a good one stands beside it."""
    found: dict[str, None] = {}
    bad: tuple[str, BadCell] | None = None
    for column in filter(read.has, columns):
        try:
            found.update(dict.fromkeys(read.get(column, parse)))
        except BadCell as error:
            bad = bad or (column, error)
    if bad and not found:
        read.column = bad[0]
        raise bad[1]
    return list(found)


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
