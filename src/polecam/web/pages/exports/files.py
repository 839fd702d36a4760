"""Sheets of `insights.exports` as tables with words, and those as files."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import translation

from polecam.insights.export_rows import Row
from polecam.insights.exports import Sheet
from polecam.web.pages.exports import words
from polecam.web.ui.tables import CSV, DAY, MONEY, NUMBER, TEXT, ZIP, Table, as_csv, as_zip
from polecam.web.ui.workbooks import XLSX, as_xlsx

KINDS = {"number": NUMBER, "money": MONEY, "day": DAY}
Counted = tuple[Sheet, int, Iterator[Row]]


def table(sheet: Sheet, rows: Iterator[Row]) -> Table:
    """A sheet with words instead of codes, in the active language."""
    columns = [
        (str(words.COLUMNS[column]), KINDS.get(kind, TEXT)) for column, kind in sheet.columns
    ]
    say = [_saying(column, kind) for column, kind in sheet.columns]
    told = ([one(cell) for one, cell in zip(say, row, strict=True)] for row in rows)
    return Table(words.name(sheet), columns, told)


def _saying(column: str, kind: str) -> Callable[[Any], Any]:
    if kind == "words":
        known = words.codes(column)
        return lambda code: known.get(code, code)
    if kind == "yes":
        said = words.yes_no()
        return lambda cell: said[bool(cell)]
    return lambda cell: cell


def written(found: Sequence[Counted], form: str, day: date) -> tuple[Iterator[bytes], str, str]:
    """(pieces, content type, file name). One list as CSV is a file, several are a ZIP of them."""
    language = translation.get_language() or "pl"
    tables = [(sheet.key, table(sheet, rows)) for sheet, _count, rows in found]
    stem = f"polecam-{tables[0][0]}-{day}" if len(tables) == 1 else f"polecam-{day}"
    comma = language == "pl"
    if form == "xlsx":
        pieces = as_xlsx(one for _key, one in tables)
        return _spoken(pieces, language), XLSX, f"{stem}.xlsx"
    if len(tables) == 1:
        return _spoken(as_csv(tables[0][1], comma=comma), language), CSV, f"{stem}.csv"
    named = ((f"{key}.csv", one) for key, one in tables)
    return _spoken(as_zip(named, comma=comma), language), ZIP, f"{stem}.zip"


def _spoken(pieces: Iterator[bytes], language: str) -> Iterator[bytes]:
    """The pieces in the language of whoever asked, though they are made after the answer began."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        if piece:
            yield piece
