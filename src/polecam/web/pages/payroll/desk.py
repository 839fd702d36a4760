"""Statements of a month's people, its corrections, and its file."""

from datetime import UTC, datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.bonuses.closing import figures as closing
from polecam.bonuses.closing.columns import Payee, cells, current
from polecam.insights import closing_desk
from polecam.people.models import Membership, Person
from polecam.web.access import PAYROLL, door
from polecam.web.pages.payroll import sheets, words
from polecam.web.pages.payroll.months import found
from polecam.web.types import Request
from polecam.web.ui.html import chip

ON_PAGE = 50
TONES = {"published": "honey", "locked": "chaber", "paid": "leaf"}


@door("payroll:people", PAYROLL)
@require_safe
def people(request: Request, month: str) -> HttpResponse:
    """Every statement of a month whose amounts the reader may see."""
    found(request, month)
    rows = closing_desk.statements(request.user, month)
    page = Paginator(rows, ON_PAGE).get_page(request.GET.get("page"))
    listed = [
        {
            "person": one.person,
            "engagement": words.engagement(one.engagement),
            "opening": one.opening_grosze,
            "closing": one.closing_grosze,
            "payout": one.payout_grosze,
            "why": closing.read(one.body).payout.why,
            "state": chip(words.state_of_statement(one.state), tone=TONES[one.state]),
            "id": one.public_id,
        }
        for one in page.object_list
    ]
    return render(request, "payroll/people.html", {"page": page, "rows": listed, "month": month})


@door("payroll:corrections", PAYROLL)
@require_safe
def corrections(request: Request, month: str) -> HttpResponse:
    """What a month corrects of earlier ones, line by line."""
    found(request, month)
    rows = closing_desk.corrected(request.user, month)
    page = Paginator(rows, ON_PAGE).get_page(request.GET.get("page"))
    return render(request, "payroll/corrections.html", {"page": page, "month": month})


@door("payroll:file", PAYROLL)
@require_safe
def file(request: Request, month: str, form: str) -> HttpResponse:
    """The month for the payroll system, by the columns the firm chose."""
    if form not in sheets.WRITERS:
        raise Http404
    found(request, month)
    content_type, write = sheets.WRITERS[form]
    chosen = current(datetime.now(UTC))
    rows = list(closing_desk.statements(request.user, month))
    branches = _branches([one.person for one in rows])
    table = [
        cells(
            chosen.columns,
            closing.read(one.body),
            Payee(
                first_name=one.person.first_name,
                last_name=one.person.last_name,
                email=one.person.email,
                branch=branches.get(one.person_id, ""),
                state=one.state,
                statement=one.public_id,
            ),
            chosen.tax_classes,
        )
        for one in rows
    ]
    response = HttpResponse(write(chosen.columns, table, month), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="polecam-payroll-{month}.{form}"'
    return response


def _branches(people: list[Person]) -> dict[int, str]:
    """The branch somebody belonged to last, by the person's id."""
    rows = Membership.objects.filter(person__in=people).order_by("since", "id")
    return dict(rows.values_list("person", "branch__name"))
