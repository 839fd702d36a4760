"""The month's amounts as a file. Texts stay texts: no cell can start a formula."""

import csv
import io
from collections.abc import Callable

from django.utils.translation import gettext as _

from polecam.imports.rejects import neutral
from polecam.insights.payroll import Amounts, Payee
from polecam.web.ui import format as fmt


def heads() -> list[str]:
    """The columns' names; all amounts are gross."""
    return [
        _("Last name"),
        _("First name"),
        _("Accrued, gross"),
        _("Taken back, gross"),
        _("Became payable, gross"),
        _("Not yet paid, gross"),
    ]


def _cells(row: Payee) -> list[int]:
    view = row.view
    return [view.accrued, -view.voided, view.payout, view.closing]


def as_csv(found: Amounts) -> bytes:
    """UTF-8 with a mark, semicolons: spreadsheets of either language open it. Amounts in zł."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads())
    for row in found.rows:
        sums = [_point(grosze) for grosze in _cells(row)]
        writer.writerow([neutral(row.last_name), neutral(row.first_name), *sums])
    writer.writerow([_("Total"), "", *(_point(grosze) for grosze in _cells(found.total))])
    return stream.getvalue().encode("utf-8-sig")


def _point(grosze: int) -> str:
    sign = "-" if grosze < 0 else ""
    return f"{sign}{abs(grosze) // 100}.{abs(grosze) % 100:02}"


def as_xlsx(found: Amounts) -> bytes:
    """Names as texts, amounts as numbers in zł."""
    import xlsxwriter  # heavy, and wanted once a month

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(found.month)
    bold = book.add_format({"bold": True})
    zloty = book.add_format({"num_format": fmt.cell_format()})
    total = book.add_format({"num_format": fmt.cell_format(), "bold": True, "top": 1})
    for column, head in enumerate(heads()):
        sheet.write_string(0, column, head, bold)
    for index, row in enumerate(found.rows, start=1):
        sheet.write_string(index, 0, row.last_name)
        sheet.write_string(index, 1, row.first_name)
        for column, grosze in enumerate(_cells(row), start=2):
            sheet.write_number(index, column, grosze / 100, zloty)
    last = len(found.rows) + 1
    sheet.write_string(last, 0, _("Total"), bold)
    for column, grosze in enumerate(_cells(found.total), start=2):
        sheet.write_number(last, column, grosze / 100, total)
    sheet.set_column(0, 1, 18)
    sheet.set_column(2, 5, 22)
    sheet.freeze_panes(1, 0)
    book.set_properties({"title": fmt.month(found.month)})
    book.close()
    return stream.getvalue()


WRITERS: dict[str, tuple[str, Callable[[Amounts], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
