"""My money: a month's lines, and one line down to the journal."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.bonuses.models import LineState
from polecam.bonuses.queries import suspended
from polecam.insights import line_trace
from polecam.insights.seller import first_names, lines_of, my_money
from polecam.kit.periods import MONTH, month_of, next_month, previous_month
from polecam.web.access import SELLERS, door
from polecam.web.pages.money import (
    extras,
    guesses,
    journal,
    lines,
    others,
    paydays,
    words,
)
from polecam.web.types import Request
from polecam.web.ui import plan_sentences
from polecam.web.ui.firm import firm


@door("money:mine", SELLERS)
@require_safe
def mine(request: Request) -> HttpResponse:
    """`?m=2026-11` shows that month; anything else, this one."""
    at, zone = datetime.now(UTC), firm().zone
    now = month_of(at, zone)
    asked = request.GET.get("m", "")
    month = asked if MONTH.match(asked) and asked < now else now
    money = my_money(request.user, month, at=at, zone=zone, now=now)
    first_payday, payday = paydays.of_month(money, at=at, zone=zone)
    context = {
        "money": money,
        "confirmed": max(0, money.view.earned),
        "items": [*words.items(money), *extras.items(money), *others.items(money)],
        "balance": words.balance(money.view),
        "soonest": words.soonest(money),
        "first_payday": first_payday,
        "payday": payday,
        "previous": previous_month(month) if money.view.has_past else "",
        "next": next_month(month) if month < now else "",
        "is_now": month == now,
        "waiting": guesses.probable(money),
        "open_groups": guesses.possible(money),
        "chances": guesses.chances(money.chances),
        "versions": words.versions(money.lines),
    }
    return render(request, "money/mine.html", context)


@door("money:line", SELLERS)
@require_safe
def line(request: Request, public_id: str) -> HttpResponse:
    """Where one amount comes from: sum, rounding, dates, plan version, journal."""
    found = (
        lines_of(request.user)
        .select_related(
            "fact__version", "component", "accrual", "vesting", "voiding", "paying", "corrects"
        )
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise Http404
    at, zone = datetime.now(UTC), firm().zone
    names = first_names(request.user, [found.fact.referral], at=at)
    name = names.get(found.fact.referral, "")
    waits = suspended().filter(line=found).select_related("dispute").first()
    place = None if lines.by_itself(found.component) else line_trace.standing(found)
    sums = line_trace.sums(found)
    context = {
        "waits": waits,
        "waits_rows": lines.waiting(found, waits) if waits else [],
        "line": found,
        "name": name,
        "title": lines.title(found, name),
        "rows": lines.trace(found, whole=True, place=place, sums=sums),
        "rule": plan_sentences.of_component(found.component),
        "state": lines.state(found),
        "facts": lines.facts(found, paydays.of_line(found, at=at, zone=zone)),
        "late": lines.late(found, zone),
        "owed": found.state == LineState.OWED,
        "events": journal.of_line(found, request.user, name),
        "referral": found.fact.referral if name else "",
    }
    return render(request, "money/line.html", context)
