"""One's own time by source, and what an hour of it is worth. Its seller alone opens these pages."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import effort
from polecam.effort import queries, subject
from polecam.effort.rules import CHIPS
from polecam.insights import hours as insights
from polecam.insights.parameters import in_force
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import MONTH, month_of, previous_month
from polecam.people.permissions import standing
from polecam.web.access import SELLERS, door
from polecam.web.pages.effort import words
from polecam.web.pages.effort.forms import FeltForm, IncomeForm, TimeForm
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm
from polecam.web.ui.refusals import sentence_of

SPANS = {"month": 1, "quarter": 3, "year": 12}
SHOWN = 8


@door("effort:mine", SELLERS)
@require_safe
def mine(request: Request) -> HttpResponse:
    """Note time in one tap, see what an hour is worth (`?span=`), tell other income (`?m=`)."""
    return _shown(request)


def _shown(request: Request, told: IncomeForm | None = None) -> HttpResponse:
    """`told`: incomes as they were typed, where something in them cannot be read."""
    now = month_of(datetime.now(UTC), firm().zone)
    asked = request.GET.get("m", "")
    month = asked if MONTH.match(asked) and asked < now else now
    entries = list(queries.entries(request.user)[:SHOWN])
    running = queries.timer(request.user)
    start = {"source": entries[0].source if entries else "referral", "effort": ""}
    context = {
        **_card(request, now),
        "form": TimeForm(initial=start),
        "chips": CHIPS,
        "timer": running,
        "timer_source": words.source(running.source) if running else "",
        "felt": FeltForm(initial={"effort": ""}, auto_id="felt_%s"),
        "noted": [words.noted(entry) for entry in entries],
        "month": month,
        "months": _months(now),
        "income": told or IncomeForm(initial=_told(request, month)),
    }
    return render(request, "effort/mine.html", context, status=422 if told else 200)


@door("effort:card", SELLERS)
@require_safe
def card(request: Request) -> HttpResponse:
    """The value of an hour, as a part of My money."""
    now = month_of(datetime.now(UTC), firm().zone)
    return render(request, "effort/card.html", _card(request, now) | {"inside": True})


@door("effort:log", SELLERS)
@require_POST
def log(request: Request) -> HttpResponse:
    """One tap: so many minutes of today."""
    form = TimeForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["minutes"]:
        messages.error(request, _("Choose what the time went to and how long it was."))
        return _back()
    data = form.cleaned_data
    try:
        entry = effort.log_time(by=request.user, at=datetime.now(UTC), **data)
    except Refused as error:
        return _refused(request, error)
    said = {"time": words.duration(entry.minutes), "source": words.source(entry.source)}
    messages.success(request, _("Noted: %(source)s, %(time)s.") % said)
    return _back()


@door("effort:start", SELLERS)
@require_POST
def start(request: Request) -> HttpResponse:
    """The timer runs from now on; a reload or another device does not stop it."""
    form = TimeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what the time goes to."))
        return _back()
    try:
        effort.start_timer(
            by=request.user, at=datetime.now(UTC), source=form.cleaned_data["source"]
        )
    except Refused as error:
        return _refused(request, error)
    return _back()


@door("effort:stop", SELLERS)
@require_POST
def stop(request: Request) -> HttpResponse:
    """Note what was measured."""
    form = FeltForm(request.POST)
    felt = form.cleaned_data["effort"] if form.is_valid() else ""
    entry = effort.stop_timer(by=request.user, at=datetime.now(UTC), effort=felt)
    if entry and entry.grade == "timed":
        said = {"time": words.duration(entry.minutes), "source": words.source(entry.source)}
        messages.success(request, _("Measured: %(source)s, %(time)s.") % said)
    elif entry:
        messages.success(
            request,
            _("The timer ran for very long, so four hours are noted, as told and not as measured."),
        )
    return _back()


@door("effort:drop", SELLERS)
@require_POST
def drop(request: Request) -> HttpResponse:
    """Stop, and note nothing."""
    effort.drop_timer(by=request.user, at=datetime.now(UTC))
    return _back()


@door("effort:take_back", SELLERS)
@require_POST
def take_back(request: Request, entry: str) -> HttpResponse:
    """One entry is gone."""
    found = queries.entries(request.user).filter(public_id=entry).first()
    if found is None:
        raise Http404
    effort.take_back(by=request.user, at=datetime.now(UTC), entry=found)
    messages.success(request, _("Taken back, as if it had not been."))
    return _back()


@door("effort:income", SELLERS)
@require_POST
def income(request: Request) -> HttpResponse:
    """What other sources earned in the month `?m=`."""
    month, at = request.GET.get("m", ""), datetime.now(UTC)
    form = IncomeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write an amount, for example 850 or 850,50."))
        return _shown(request, form)
    try:
        for source, grosze in form.grosze.items():
            effort.tell_income(
                by=request.user, at=at, source=source, month=month, amount_grosze=grosze
            )
    except Refused as error:
        return _refused(request, error)
    messages.success(request, _("Saved. Only you can see it."))
    return _back(month)


@door("effort:export", SELLERS)
@require_safe
def export(request: Request) -> HttpResponse:
    """Everything one noted here, as a table to take along."""
    told = subject.export(request.user)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            _("Day"),
            _("What for"),
            _("Minutes"),
            _("Quality of the data"),
            _("Felt"),
            _("%(unit)s, gross") % {"unit": fmt.unit()},
        ]
    )
    felt = {"": "", "easy": _("easy"), "hard": _("hard")}
    for row in told["time"]:
        grade = words.grade(row["grade"])
        writer.writerow(
            [
                row["day"],
                words.source(row["source"]),
                row["minutes"],
                grade,
                felt[row["effort"]],
                "",
            ]
        )
    for row in told["income"]:
        amount = f"{row['amount_grosze'] / 100:.2f}"
        writer.writerow([row["month"], words.source(row["source"]), "", "", "", amount])
    for row in told["goal"]:
        writer.writerow([row["set_at"][:10], _("Own goal for a month"), "", "", "", row["amount"]])
    answer = HttpResponse(stream.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="polecam-czas.csv"'
    return answer


@door("effort:forget", SELLERS)
@require_POST
def forget(request: Request) -> HttpResponse:
    """Nothing is kept of it."""
    effort.forget_all(by=request.user, at=datetime.now(UTC))
    messages.success(request, _("Erased. Nothing is kept of it."))
    return _back()


def _card(request: Request, now: str) -> dict[str, object]:
    """The value of an hour over the months of `?span=` that end with this one."""
    span = request.GET.get("span", "quarter")
    span = span if span in SPANS else "quarter"
    months = [now]
    while len(months) < SPANS[span]:
        months.append(previous_month(months[-1]))
    held = in_force(datetime.now(UTC), business=firm().business, branch=standing(request.user).home)
    usual = insights.Usual(held.value("ask_minutes"), held.value("follow_minutes"))
    found = insights.hours(request.user, months, zone=firm().zone, usual=usual)
    return {
        "span": span,
        "spans": [("month", _("Month")), ("quarter", _("3 months")), ("year", _("Year"))],
        "since": _since(months),
        "bars": words.bars(found),
        "notes": words.notes(found),
        "verdict": words.verdict(found),
        "time": words.time_of(found),
        "behind": words.behind(found, usual),
        "usual_own": held.own("ask_minutes", "follow_minutes"),
    }


def _since(months: list[str]) -> str:
    first, last = months[-1], months[0]
    return fmt.month(last) if first == last else f"{fmt.month(first)}–{fmt.month(last)}"


def _months(now: str) -> list[tuple[str, str]]:
    """The months one may tell an income for: this one and the eleven before it."""
    found = [now]
    while len(found) < SPANS["year"]:
        found.append(previous_month(found[-1]))
    return [(month, fmt.month(month)) for month in found]


def _told(request: Request, month: str) -> dict[str, object]:
    """Amounts in zł, without needless grosze."""
    told = queries.incomes(request.user, [month])
    return {
        row.source: Decimal(row.amount_grosze) / 100
        if row.amount_grosze % 100
        else row.amount_grosze // 100
        for row in told
    }


def _refused(request: Request, error: Refused) -> HttpResponse:
    if isinstance(error, NotAllowed):
        raise error
    messages.error(request, sentence_of(error))
    return _back()


def _back(month: str = "") -> HttpResponse:
    query = f"?m={month}" if MONTH.match(month) else ""
    return HttpResponseRedirect(reverse("effort:mine") + query, status=303)
