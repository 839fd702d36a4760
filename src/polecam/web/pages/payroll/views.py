"""Payroll: the month's amounts for each person, on a page and as a file. Amounts only."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.insights.payroll import amounts
from polecam.kit.periods import MONTH, month_of, next_month, previous_month
from polecam.web.access import PAYROLL, door
from polecam.web.pages.payroll import files
from polecam.web.types import Request
from polecam.web.ui.firm import firm


def _chosen(request: Request) -> tuple[str, str]:
    """(the month asked for by `?m=`, this month)."""
    now = month_of(datetime.now(UTC), firm().zone)
    asked = request.GET.get("m", "")
    return (asked if MONTH.match(asked) and asked < now else now), now


@door("payroll:month", PAYROLL)
@require_safe
def month(request: Request) -> HttpResponse:
    """Accrued, taken back, payable and still owed, person by person, with totals."""
    chosen, now = _chosen(request)
    found = amounts(request.user, chosen)
    context = {
        "month": chosen,
        "is_now": chosen == now,
        "rows": found.rows,
        "total": found.total,
        "previous": previous_month(chosen) if found.total.view.has_past else "",
        "next": next_month(chosen) if chosen < now else "",
    }
    return render(request, "payroll/month.html", context)


@door("payroll:export", PAYROLL)
@require_safe
def export(request: Request, form: str) -> HttpResponse:
    """The same as XLSX or CSV, with typed cells."""
    if form not in files.WRITERS:
        raise Http404
    chosen, _now = _chosen(request)
    content_type, write = files.WRITERS[form]
    response = HttpResponse(write(amounts(request.user, chosen)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="polecam-{chosen}.{form}"'
    return response
