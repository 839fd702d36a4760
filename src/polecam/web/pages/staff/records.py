"""One's own records as a workbook: for oneself at any time, for whoever left by payroll."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from polecam.actions import exports
from polecam.insights import records, settling
from polecam.kit.errors import NotAllowed
from polecam.web.access import ANYONE, PAYROLL, door
from polecam.web.pages.staff import words
from polecam.web.types import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float | date | None


@door("staff:records", ANYONE)
@require_GET
def mine(request: Request) -> HttpResponse:
    """Everything of one's own, to keep."""
    return _file(records.of(request.user, at=datetime.now(UTC)))


@door("staff:records_of", PAYROLL)
@require_POST
def of_leaver(request: Request, person: str) -> HttpResponse:
    """The records of somebody who left, to be handed over to them; the journal tells of it."""
    left = get_object_or_404(settling.leavers(request.user), public_id=person)
    try:
        return _file(exports.of_leaver(by=request.user, at=datetime.now(UTC), person=left))
    except NotAllowed:
        raise Http404 from None


def _file(found: records.Records) -> HttpResponse:
    answer = HttpResponse(_book(found), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="records.xlsx"'
    return answer


def _book(found: records.Records) -> bytes:
    import xlsxwriter  # heavy, and wanted seldom

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    roles: list[Sequence[Cell]] = [
        (str(words.ROLE[row.role]), row.place, row.since, row.until) for row in found.roles
    ]
    _sheet(book, _("Roles"), [_("Role"), _("Branch"), _("Since"), _("Until")], roles)
    brought: list[Sequence[Cell]] = [
        (
            row.number,
            row.place,
            row.captured_on,
            str(words.STATES.get(row.state, row.state)),
            _("yes") if row.author else _("no"),
            row.share_bp / 10_000,
        )
        for row in found.brought
    ]
    heads = [_("Number"), _("Branch"), _("Recommended on"), _("State"), _("Author"), _("Share")]
    _sheet(book, _("Referrals"), heads, brought, percent=5)
    earned: list[Sequence[Cell]] = [
        (
            row.month,
            str(words.FACTS.get(row.kind, row.kind)),
            row.number,
            row.grosze / 100,
            str(words.LINES.get(row.state, row.state)),
        )
        for row in found.earned
    ]
    heads = [_("Month"), _("What for"), _("Number"), _("Amount, gross"), _("State")]
    _sheet(book, _("Bonus"), heads, earned)
    book.close()
    return stream.getvalue()


def _sheet(
    book: "xlsxwriter.Workbook",  # type: ignore[name-defined]  # noqa: F821
    name: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    percent: int = -1,
) -> None:
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    share = book.add_format({"num_format": "0.00%"})
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, days)
            elif isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell, share if column == percent else None)
    sheet.set_column(0, len(heads), 20)
    sheet.freeze_panes(1, 0)
