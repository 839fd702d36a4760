"""From any balance down to the journal, and everything made anew at a button."""

from datetime import UTC, datetime
from time import perf_counter

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from polecam.insights import audit, audit_check
from polecam.kit.periods import MONTH, month_of, next_month, previous_month
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.web.access import PAYROLL, door
from polecam.web.pages.audit import words
from polecam.web.types import Request
from polecam.web.ui.firm import firm

ON_PAGE = 50


def chosen(request: Request) -> tuple[str, str]:
    """(the month asked for by `m`, this month)."""
    now = month_of(datetime.now(UTC), firm().zone)
    asked = request.GET.get("m", "") or request.POST.get("m", "")
    return (asked if MONTH.match(asked) and asked < now else now), now


def _around(month: str, now: str) -> dict[str, str]:
    return {
        "month": month,
        "previous": previous_month(month),
        "next": next_month(month) if month < now else "",
    }


@door("audit:balances", PAYROLL)
@require_safe
def balances(request: Request) -> HttpResponse:
    """Everybody's accounts, and the branches', at the end of a month."""
    return _shown(request, [])


@door("audit:check", PAYROLL)
@require_POST
def check(request: Request) -> HttpResponse:
    """The month made anew and compared; nothing is written."""
    month, _now = chosen(request)
    start = perf_counter()
    found = list(audit_check.check(month, datetime.now(UTC)))
    results = [(*words.result(one), one.problem) for one in found]
    return _shown(request, results, round(perf_counter() - start, 1))


def _shown(
    request: Request, results: list[tuple[str, str, str]], seconds: float = 0
) -> HttpResponse:
    month, now = chosen(request)
    page = Paginator(audit.holders(request.user), ON_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    sums = audit.balances_of([one.pk for one in shown], month)
    listed = [
        (one, [(kind, sums.get(one.pk, {}).get(kind, 0)) for kind in audit.KINDS]) for one in shown
    ]
    places = list(audit.branches(request.user).order_by("name"))
    held = audit.branch_balances([one.pk for one in places], month)
    whole = audit.totals(request.user, month)
    context = {
        **_around(month, now),
        "page": page,
        "rows": listed,
        "heads": [words.account(kind) for kind in audit.KINDS],
        "totals": [whole.get(kind, 0) for kind in audit.KINDS],
        "places": [
            (one, kind, words.account(kind), held[one.pk].get(kind, 0))
            for one in places
            for kind in audit.OF_BRANCH
            if one.pk in held and kind in held[one.pk]
        ],
        "results": results,
        "agrees": all(not problem for _name, _said, problem in results),
        "seconds": seconds,
    }
    return render(request, "audit/balances.html", context)


@door("audit:account", PAYROLL)
@require_safe
def account(request: Request, public_id: str, kind: str) -> HttpResponse:
    """One account of a person until the end of a month: every entry, newest first."""
    person = get_object_or_404(audit.people(request.user), public_id=public_id)
    return _account(request, person, person.full_name, kind, audit.KINDS)


@door("audit:place", PAYROLL)
@require_safe
def place(request: Request, branch: str, purse: str) -> HttpResponse:
    """One account of a branch."""
    one = get_object_or_404(audit.branches(request.user), public_id=branch)
    return _account(request, one, one.name, purse, audit.OF_BRANCH)


def _account(
    request: Request, who: Person | Branch, name: str, kind: str, kinds: tuple[str, ...]
) -> HttpResponse:
    if kind not in kinds:
        raise Http404
    month, now = chosen(request)
    view = audit.account(who, kind, month)
    page = Paginator(view.entries, ON_PAGE).get_page(request.GET.get("page"))
    listed = [
        (one.transaction, words.transaction(one.transaction.kind), one.amount)
        for one in page.object_list
    ]
    context = {
        **_around(month, now),
        "name": name,
        "account": words.account(kind),
        "balance": view.balance,
        "page": page,
        "rows": listed,
    }
    return render(request, "audit/account.html", context)
