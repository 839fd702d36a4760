"""A seller's statements: by month, one down to its lines, as PDF and XLSX. Their own alone."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from polecam.insights.my_statements import Paper, my_statement, my_statements
from polecam.kit.periods import MONTH, month_of
from polecam.web.access import SELLERS, door
from polecam.web.pages.statements import paper, sheet, words
from polecam.web.types import Request
from polecam.web.ui.firm import firm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("statements:mine", SELLERS)
@require_safe
def mine(request: Request) -> HttpResponse:
    """Every month with what it paid, the newest first."""
    now = month_of(datetime.now(UTC), firm().zone)
    entries = [words.entry(one) for one in my_statements(request.user, now)]
    return render(request, "statements/mine.html", {"entries": entries})


@door("statements:one", SELLERS)
@require_safe
def one(request: Request, month: str) -> HttpResponse:
    """Opening, movements by kind with the lines behind them, closing, and what is paid."""
    found = _found(request, month)
    return render(request, "statements/one.html", {"paper": found, **words.page(found)})


@door("statements:pdf", SELLERS)
@require_safe
def pdf(request: Request, month: str) -> HttpResponse:
    """The same on paper, in the reader's language."""
    found = _found(request, month)
    return _file(paper.pdf(found, request.user), "application/pdf", found, "pdf")


@door("statements:xlsx", SELLERS)
@require_safe
def xlsx(request: Request, month: str) -> HttpResponse:
    """The same as a spreadsheet with typed cells."""
    found = _found(request, month)
    return _file(sheet.xlsx(found), XLSX, found, "xlsx")


def _found(request: Request, month: str) -> Paper:
    at = datetime.now(UTC)
    if not MONTH.match(month) or month > month_of(at, firm().zone):
        raise Http404
    found = my_statement(request.user, month, at=at)
    if found is None:
        raise Http404
    return found


def _file(body: bytes, content_type: str, found: Paper, ending: str) -> HttpResponse:
    name = slugify(pgettext("name of a file", "statement"))
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}-{found.month}.{ending}"'
    return response
