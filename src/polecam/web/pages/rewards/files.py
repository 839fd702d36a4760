"""A year of rewards for the accountants. Texts stay texts: no cell can start a formula."""

import csv
import io
from collections.abc import Callable

from django.utils.translation import gettext as _

from polecam.imports.rejects import neutral
from polecam.insights.client_rewards import Year, YearRow
from polecam.web.pages.rewards import words
from polecam.web.ui import format as fmt


def heads() -> list[str]:
    """The columns' names."""
    return [
        _("Person"),
        _("As"),
        _("Tax class"),
        _("How many"),
        _("Worth, %(unit)s") % {"unit": fmt.unit()},
    ]


def _texts(row: YearRow) -> list[str]:
    return [words.named(row), words.side_of_year(row), str(words.TAX[row.tax_class])]


def as_csv(found: Year) -> bytes:
    """UTF-8 with a mark, semicolons; worth in zł with a point."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads())
    for row in found.rows:
        texts = [neutral(text) for text in _texts(row)]
        writer.writerow([*texts, row.count, _point(row.grosze)])
    writer.writerow([_("Total"), "", "", found.count, _point(found.grosze)])
    return stream.getvalue().encode("utf-8-sig")


def _point(grosze: int) -> str:
    return f"{grosze // 100}.{grosze % 100:02}"


def as_xlsx(found: Year) -> bytes:
    """Texts as texts, worth as numbers in zł."""
    import xlsxwriter  # heavy, and wanted once a year

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(str(found.year))
    bold = book.add_format({"bold": True})
    zloty = book.add_format({"num_format": fmt.cell_format()})
    for column, head in enumerate(heads()):
        sheet.write_string(0, column, head, bold)
    for index, row in enumerate(found.rows, start=1):
        for column, text in enumerate(_texts(row)):
            sheet.write_string(index, column, text)
        sheet.write_number(index, 3, row.count)
        sheet.write_number(index, 4, row.grosze / 100, zloty)
    last = len(found.rows) + 1
    sheet.write_string(last, 0, _("Total"), bold)
    sheet.write_number(last, 3, found.count, bold)
    sheet.write_number(last, 4, found.grosze / 100, zloty)
    sheet.set_column(0, 4, 22)
    sheet.freeze_panes(1, 0)
    book.close()
    return stream.getvalue()


WRITERS: dict[str, tuple[str, Callable[[Year], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
