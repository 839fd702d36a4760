"""A plan version tried out: the card beside its editor, the whole page, the file."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.bonuses.models import PlanVersion
from polecam.insights import simulation_facts as facts
from polecam.insights.simulation import Simulation, simulate
from polecam.insights.simulation_outcome import WhatIf
from polecam.insights.simulation_period import Period, offered, usual
from polecam.kit.periods import month_of
from polecam.web.access import door
from polecam.web.pages.simulation import files, shown, words
from polecam.web.pages.simulation.access import TRYING, branches_of, version_of
from polecam.web.pages.simulation.forms import TryForm
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm


def _form(
    request: Request, branches: Sequence[int], at: datetime, *, counted: bool = False
) -> TryForm:
    """The form, with what was sent when something was. `counted`: without it, as if it had been
    sent as it begins."""
    now = month_of(at, firm().zone)
    choices: dict[str, Any] = {
        "offered": offered(now),
        "usual": usual(now),
        "branches": branches,
    }
    if "period" in request.GET:
        return TryForm(request.GET, **choices)
    form = TryForm(**choices)
    return TryForm(QueryDict(_first_look(form)), **choices) if counted else form


def _simulated(
    version: PlanVersion, where: tuple[int, ...], period: Period, at: datetime, what_if: WhatIf
) -> Simulation:
    known = firm()
    return simulate(
        version,
        period=period,
        branches=where,
        at=at,
        zone=known.zone,
        business=known.business,
        what_if=what_if,
    )


@door("simulation:show", TRYING)
@require_safe
def show(request: Request, ref: str) -> HttpResponse:
    """The form at once; the sums with `count`, which the page fetches by itself (without a script
    the form sends it), so that nobody looks at nothing while a big firm is counted."""
    at = datetime.now(UTC)
    version = version_of(request.user, ref)
    form = _form(request, branches_of(request.user, version), at)
    counts = form.is_bound and form.is_valid()
    context: dict[str, Any] = {"version": version, "form": form}
    if counts and "count" in request.GET:
        found = _simulated(version, form.where, form.chosen, at, form.what_if)
        context |= _told(found) | {
            "address": request.GET.urlencode(),
            "gains": shown.gains(found, shown.full_name),
            "months": shown.months(found),
            "ways": words.ways(found),
            "traces": _traces(found),
        }
    elif counts or not form.is_bound:
        asked = f"{request.GET.urlencode()}&count=1" if form.is_bound else _first_look(form)
        context |= {"waits": True, "asked": asked}
    return render(request, "simulation/show.html", context)


@door("simulation:card", TRYING)
@require_safe
def card(request: Request, ref: str) -> HttpResponse:
    """The same in short, for the editor: the last quarter as it was, all branches one may see."""
    at = datetime.now(UTC)
    version = version_of(request.user, ref)
    form = _form(request, branches_of(request.user, version), at)
    found = _simulated(version, form.branches, form.usual, at, WhatIf())
    months = facts.months_with_facts(form.branches) if found.is_empty else None
    if months is not None:  # a young firm: what there is
        period = usual(month_of(at, firm().zone), months[0])
        found = _simulated(version, form.branches, period, at, WhatIf())
    context = _told(found) | {
        "version": version,
        "gains": shown.gains(found, words.name),
        "address": _first_look(form, found.period),
    }
    return render(request, "simulation/card.html", context)


@door("simulation:export", TRYING)
@require_safe
def export(request: Request, ref: str, form: str) -> HttpResponse:
    """The tables as XLSX or CSV. The query is that of the page; without one, of its first look."""
    if form not in files.WRITERS:
        raise Http404
    at = datetime.now(UTC)
    version = version_of(request.user, ref)
    asked = _form(request, branches_of(request.user, version), at, counted=True)
    if not asked.is_valid():
        raise Http404
    found = _simulated(version, asked.where, asked.chosen, at, asked.what_if)
    if found.wrong:
        raise Http404
    content_type, write = files.WRITERS[form]
    response = HttpResponse(write(found), content_type=content_type)
    name = f"polecam-plan-{version.number}-{found.period.code}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _first_look(form: TryForm, period: Period | None = None) -> str:
    """The query that counts what the form begins with, of `period` where it is another one."""
    query = QueryDict(mutable=True)
    query["count"] = "1"
    for name in form.fields:
        query[name] = str(form[name].initial)
    if period is not None:
        query["period"] = period.code
    return query.urlencode()


def _told(found: Simulation) -> dict[str, Any]:
    """What card and page both say."""
    if found.wrong or found.is_empty:
        return {"found": found, "period": words.period(found.period)}
    return {
        "found": found,
        "period": words.period(found.period),
        "counted": words.counted(dict(found.counts or {})),
        "counted_after": words.counted(dict(found.counts_after or {})),
        "changed": words.changed(found),
        "against": words.against(found),
        "per_sale": words.per_sale(found),
        "ticks": words.ticks(found),
        "team_sees": words.team_sees(found, fmt.today()),
    }


def _traces(found: Simulation) -> dict[str, Any]:
    return {
        "after": shown.trace_after(found),
        "before": shown.trace_before(found),
        "sale": shown.trace_sale(found),
        "back": shown.trace_back(found),
        "pool": shown.trace_pool(found),
    }
