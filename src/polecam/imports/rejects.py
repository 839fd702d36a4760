"""The file of rejected rows: line, reason, and the row, to be mended and imported again.

Cells that a spreadsheet would take for a formula get an apostrophe in CSV (the importer takes it
off again) and are typed as text in XLSX. Strict numbers and E.164 stay as they are.
"""

import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from polecam.imports.cells import FORMULA_SIGNS, QUOTED
from polecam.imports.models import Import
from polecam.imports.queries import cells_of, rejected
from polecam.imports.reasons import column, reason

HARMLESS = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def neutral(cell: str) -> str:
    """The cell as CSV may carry it."""
    formula = cell[:1] in tuple(FORMULA_SIGNS) and not HARMLESS.fullmatch(cell)
    if formula or QUOTED.match(cell):  # one that has an apostrophe already keeps its own
        return f"'{cell}"
    return cell


def rows(job: Import, headings: list[str]) -> Iterator[list[str]]:
    """A heading, then every rejected row in the active language."""
    yield [_("Row"), _("Reason"), *headings]
    for row in rejected(job).iterator(chunk_size=500):
        where = column(row.column)
        said = f"{where}: {reason(row.reason)}" if where else reason(row.reason)
        yield [str(row.line), said, *cells_of(row)]


def as_csv(job: Import, headings: list[str]) -> bytes:
    """Semicolons and a mark for UTF-8, as Polish spreadsheets open it with a double click."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows(job, headings):
        writer.writerow([neutral(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(job: Import, headings: list[str]) -> bytes:
    """Every cell typed as text: no formula, no lost leading zero."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, row in enumerate(rows(job, headings)):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell[:32_000], bold if number == 0 else None)
        sheet.freeze_panes(1, 0)
    return out.getvalue()
