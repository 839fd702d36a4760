"""A statement as a spreadsheet: texts stay texts, amounts are numbers, no cell is a formula."""

import io
from datetime import datetime

from django.utils.translation import gettext as _

from polecam.insights.my_statements import Paper
from polecam.web.pages.statements import movements, words
from polecam.web.ui import format as fmt


def xlsx(paper: Paper) -> bytes:
    """Opening, every line of every movement, closing, and what is paid. Amounts in zł, gross."""
    import xlsxwriter  # heavy, and wanted once a month

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(paper.month)
    bold = book.add_format({"bold": True})
    zloty = book.add_format({"num_format": fmt.cell_format()})
    total = book.add_format({"num_format": fmt.cell_format(), "bold": True, "top": 1})
    for column, head in enumerate(heads()):
        sheet.write_string(0, column, head, bold)
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, (kind, text, at, grosze, whole) in enumerate(rows(paper), start=1):
        for column, cell in enumerate((kind, text)):
            sheet.write_string(number, column, cell, bold if whole else None)
        if at is not None:
            sheet.write_datetime(number, 2, fmt.as_day(at), days)
        sheet.write_number(number, 3, grosze / 100, total if whole else zloty)
    sheet.set_column(0, 1, 44)
    sheet.set_column(2, 3, 18)
    sheet.freeze_panes(1, 0)
    book.set_properties(
        {"title": _("Statement for %(month)s") % {"month": words.month_and_year(paper.month)}}
    )
    book.close()
    return stream.getvalue()


def heads() -> list[str]:
    """The columns' names."""
    return [_("Movement"), _("What"), _("Confirmed on"), _("Amount, gross")]


Cells = tuple[str, str, datetime | None, int, bool]


def rows(paper: Paper) -> list[Cells]:
    """(movement, what, when, grosze, is it a sum). What only moves within the balance is left out:
    the column sums from opening to closing."""
    found: list[Cells] = [
        (_("Not yet paid at the start"), "", None, paper.figures.opening["total"], True)
    ]
    for group in movements.groups(paper):
        if group.moved:
            continue
        lines = [(group.title, one.text, one.at, one.grosze, False) for one in group.details]
        listed = sum(one.grosze for one in group.details)
        if listed != group.grosze:
            lines.append((group.title, "", None, group.grosze - listed, False))
        found += lines
    closing = paper.figures.closing["total"]
    found.append((_("Not yet paid at the end, gross"), "", None, closing, True))
    found.append((_("Paid for this month, gross"), "", None, paper.figures.payout.amount, True))
    return found
