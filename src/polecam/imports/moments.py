"""One row of a file of moments, parsed. Whose and which kind it is, is decided above."""

from dataclasses import dataclass
from datetime import date, timedelta

from polecam.imports import cells
from polecam.imports.cells import BadCell
from polecam.imports.fields import Fields
from polecam.imports.records import trouble

OLDEST = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class MomentRow:
    """Which client, what happened (as the file spells it) and when; never a note.

    A row that cannot be taken has `problem` (a code of imports.reasons) and `column`.
    """

    line: int
    cells: list[str]
    number: str = ""
    name: tuple[str, str] = ("", "")
    kind: str = ""
    on: date | None = None
    until: date | None = None
    problem: str = ""
    column: str = ""


def parse(line: int, row: list[str], mapping: dict[str, str], *, today: date) -> MomentRow:
    """Read one row; never raises."""
    if problem := trouble(row):
        return MomentRow(line, row[1:], problem=problem)
    read = Fields(row, mapping)
    try:
        number = read.get("number", lambda cell: cells.text(cell, most=40))
        name = read.name()
        if not number and not any(name):
            raise BadCell("missing")
        kind = read.required("kind", lambda cell: cells.text(cell, most=80))
        on = read.required("date", lambda cell: _past(cells.day(cell), today))
        until = read.get("until", cells.day)
        if until is not None and until <= on:
            raise BadCell("until_before")
        return MomentRow(line, row, number=number, name=name, kind=kind, on=on, until=until)
    except BadCell as bad:
        return MomentRow(line, row, problem=bad.code, column=read.column)


def _past(day: date | None, today: date) -> date | None:
    if day and day > today:
        raise BadCell("date_future")
    if day and day < today - OLDEST:
        raise BadCell("date_old")
    return day
