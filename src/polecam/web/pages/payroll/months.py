"""Months on their way: the list, the checklist, asking, approving, marking as paid."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import closing, paying
from polecam.bonuses.closing.totals import COUNTS
from polecam.insights import closing_desk
from polecam.insights.closing_desk import Month
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, PAYROLL, door
from polecam.web.pages.payroll import checklist, words
from polecam.web.pages.payroll.forms import Compare
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.refusals import sentence_of

ON_PAGE = 24
CLOSERS = PAYROLL | ADMINS


@door("payroll:months", CLOSERS)
@require_safe
def months(request: Request) -> HttpResponse:
    """Every month with its state."""
    for_all = closing_desk.stands_for_all(request.user)
    rows = [
        {
            "month": one.month,
            "state": words.state(one.state),
            "tone": words.TONES.get(one.state, ""),
            "note": words.when(one),
            "people": one.row.totals.get("people") if one.row else None,
            "payout": one.row.totals.get("payout") if one.row else None,
        }
        for one in (closing_desk.months(datetime.now(UTC)) if for_all else ())
    ]
    page = Paginator(rows, ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "for_all": for_all,
        "is_payroll": standing(request.user).may(Permission.PAY),
    }
    return render(request, "payroll/months.html", context)


def found(request: Request, month: str) -> tuple[Month, list[Month]]:
    """A month of the ledger, and all of them. 404 for another, and for whoever does not stand for
    everybody who is paid."""
    if not closing_desk.stands_for_all(request.user):
        raise Http404
    every = closing_desk.months(datetime.now(UTC))
    one = next((row for row in every if row.month == month), None)
    if one is None:
        raise Http404
    return one, every


@door("payroll:closing", CLOSERS)
@require_safe
def one(request: Request, month: str) -> HttpResponse:
    """A month: what waits, the control totals, and the next step."""
    return _shown(request, month, Compare())


@door("payroll:compare", CLOSERS)
@require_POST
def compare(request: Request, month: str) -> HttpResponse:
    """Sums from the payroll system beside the computed ones. Nothing is kept of them."""
    form = Compare(request.POST)
    form.is_valid()
    return _shown(request, month, form)


def _shown(request: Request, month: str, form: Compare) -> HttpResponse:
    at = datetime.now(UTC)
    chosen, every = found(request, month)
    desk = closing_desk.desk(chosen, every, at)
    who, row = standing(request.user), chosen.row
    told = [checklist.told(check, desk) for check in desk.checks]
    totals = row.totals if row and row.totals else {}
    context = {
        "month": month,
        "chosen": chosen,
        "state": words.state(chosen.state),
        "tone": words.TONES.get(chosen.state, ""),
        "note": words.when(chosen),
        "checks": told,
        "desk": desk,
        "totals": _totals(totals),
        "form": form,
        "compared": form.against(totals),
        "corrections": closing_desk.corrections(month),
        "may_ask": who.may(Permission.CLOSE_MONTH) and chosen.state in ("open", "asked"),
        "may_publish": who.may(Permission.CLOSE_MONTH) and chosen.state == "open",
        "may_approve": _may_approve(request, chosen),
        "own_ask": bool(row and chosen.state == "asked" and row.asked_by_id == request.user.pk),
        "may_pay": who.may(Permission.PAY) and chosen.state == "closed",
        "sees_people": who.may(Permission.SEE_AMOUNTS),
        "may_audit": who.may(Permission.AUDIT),
    }
    return render(request, "payroll/closing.html", context)


def _may_approve(request: Request, chosen: Month) -> bool:
    who = standing(request.user)
    asked = chosen.state == "asked" and chosen.row is not None
    return asked and who.may(Permission.APPROVE_MONTH) and chosen.row.asked_by_id != request.user.pk  # type: ignore[union-attr]


def _totals(totals: dict[str, int]) -> list[tuple[str, str, bool]]:
    """Name, value ready to read, whether it closes the sum; what is nothing is left out."""
    return [
        (
            words.total(code),
            fmt.number(value) if code in COUNTS else fmt.zl(value),
            code in ("closing", "payout"),
        )
        for code, value in totals.items()
        if value or code in ("people", "payout")
    ]


def _step(request: Request, month: str, do: Callable[[], str]) -> HttpResponse:
    """One step of a month, and back to it; a refusal is said there."""
    found(request, month)
    try:
        messages.success(request, do())
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    return HttpResponseRedirect(reverse("payroll:closing", args=[month]), status=303)


@door("payroll:publish", PAYROLL)
@require_POST
def publish(request: Request, month: str) -> HttpResponse:
    """Sellers see their statements."""

    def do() -> str:
        n = closing.publish(by=request.user, at=datetime.now(UTC), month=month)
        if not n:
            return _("Every statement says what it said before.")
        said = ngettext("%(n)s statement was published.", "%(n)s statements were published.", n)
        return said % {"n": n}

    return _step(request, month, do)


@door("payroll:ask", PAYROLL)
@require_POST
def ask(request: Request, month: str) -> HttpResponse:
    """The first of four eyes."""

    def do() -> str:
        closing.ask(by=request.user, at=datetime.now(UTC), month=month)
        return _(
            "Everything was computed and proved anew. A second person may close the month now."
        )

    return _step(request, month, do)


@door("payroll:take_back", CLOSERS)
@require_POST
def take_back(request: Request, month: str) -> HttpResponse:
    """Not yet."""

    def do() -> str:
        closing.take_back_ask(by=request.user, at=datetime.now(UTC), month=month)
        return _("The request was taken back. Nothing was closed.")

    return _step(request, month, do)


@door("payroll:close", CLOSERS)
@require_POST
def close(request: Request, month: str) -> HttpResponse:
    """The other two eyes."""

    def do() -> str:
        closing.close(by=request.user, at=datetime.now(UTC), month=month)
        return _("The month is closed. Its statements never change any more.")

    return _step(request, month, do)


@door("payroll:pay", PAYROLL)
@require_POST
def pay(request: Request, month: str) -> HttpResponse:
    """Everybody of the month, each once."""

    def do() -> str:
        paying.pay(by=request.user, at=datetime.now(UTC), month=month)
        return _("The month is marked as paid. Everybody sees it on their statement.")

    return _step(request, month, do)
