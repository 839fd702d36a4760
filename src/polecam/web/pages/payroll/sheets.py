"""The payroll file: CSV and XLSX with typed cells. Texts stay texts: no cell starts a formula."""

import csv
import io
from collections.abc import Callable

from polecam.bonuses.closing.columns import AMOUNTS
from polecam.imports.rejects import neutral
from polecam.web.pages.payroll import words
from polecam.web.ui import format as fmt

Table = list[list[str | int]]
SAID: dict[str, Callable[[str], str]] = {
    "engagement": words.engagement,
    "label": words.label,
    "state": words.state_of_statement,
    "month": lambda month: month,
}
"""Columns whose codes are said in the active language."""


def _cell(column: str, value: str | int) -> str | int:
    return SAID[column](str(value)) if column in SAID else value


def as_csv(columns: list[str], table: Table, month: str) -> bytes:
    """UTF-8 with a mark, semicolons; amounts in zł with a point."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([words.column(column) for column in columns])
    for row in table:
        writer.writerow(
            [
                _point(int(value)) if column in AMOUNTS else neutral(str(_cell(column, value)))
                for column, value in zip(columns, row, strict=True)
            ]
        )
    return stream.getvalue().encode("utf-8-sig")


def _point(grosze: int) -> str:
    sign = "-" if grosze < 0 else ""
    return f"{sign}{abs(grosze) // 100}.{abs(grosze) % 100:02}"


def as_xlsx(columns: list[str], table: Table, month: str) -> bytes:
    """Texts as texts, numbers as numbers, amounts in zł."""
    import xlsxwriter  # heavy, and wanted once a month

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(month)
    bold = book.add_format({"bold": True})
    zloty = book.add_format({"num_format": fmt.cell_format()})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, words.column(column), bold)
    for line, row in enumerate(table, start=1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            said = _cell(column, value)
            if column in AMOUNTS:
                sheet.write_number(line, place, int(value) / 100, zloty)
            elif isinstance(said, int):
                sheet.write_number(line, place, said)
            else:
                sheet.write_string(line, place, said)
    sheet.set_column(0, max(0, len(columns) - 1), 18)
    sheet.freeze_panes(1, 0)
    book.set_properties({"title": fmt.month(month)})
    book.close()
    return stream.getvalue()


WRITERS: dict[str, tuple[str, Callable[[list[str], Table, str], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
