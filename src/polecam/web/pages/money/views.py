"""My money: a month's lines, one line down to the journal, and the plan in plain sentences."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.bonuses.queries import published, suspended
from polecam.insights.seller import first_names, lines_of, my_money
from polecam.kit.periods import MONTH, month_of, next_month, previous_month
from polecam.people.models import Role
from polecam.people.permissions import Permission, standing
from polecam.web.access import SELLERS, door
from polecam.web.pages.money import extras, guesses, journal, plans, words
from polecam.web.types import Request
from polecam.web.ui.firm import firm

READERS = SELLERS | {Role.ADMIN, Role.PAYROLL}


@door("money:mine", SELLERS)
@require_safe
def mine(request: Request) -> HttpResponse:
    """`?m=2026-11` shows that month; anything else, this one."""
    at, zone = datetime.now(UTC), firm().zone
    now = month_of(at, zone)
    asked = request.GET.get("m", "")
    month = asked if MONTH.match(asked) and asked < now else now
    money = my_money(request.user, month, at=at, zone=zone, now=now)
    context = {
        "money": money,
        "confirmed": max(0, money.view.earned),
        "items": [*words.items(money), *extras.items(money)],
        "balance": words.balance(money.view),
        "soonest": words.soonest(money),
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
        .select_related("fact__version", "component", "accrual", "vesting", "voiding")
        .filter(public_id=public_id)
        .first()
    )
    if found is None:
        raise Http404
    at = datetime.now(UTC)
    names = first_names(request.user, [found.fact.referral], at=at)
    name = names.get(found.fact.referral, "")
    waits = suspended().filter(line=found).select_related("dispute").first()
    context = {
        "waits": waits,
        "waits_rows": words.waiting(found, waits) if waits else [],
        "line": found,
        "name": name,
        "title": words.title(found, name),
        "rows": words.trace(found, whole=True),
        "state": words.state(found),
        "facts": words.facts(found),
        "late": words.late(found, firm().zone),
        "events": journal.of_line(found, request.user, name),
        "referral": found.fact.referral if name else "",
    }
    return render(request, "money/line.html", context)


@door("money:plan", READERS)
@require_safe
def plan(request: Request) -> HttpResponse:
    """The plan in force (or `?v=` another version) as rules anyone can read and compute."""
    at = datetime.now(UTC)
    versions = list(published(standing(request.user).home))
    live = next((v for v in reversed(versions) if v.valid_from <= at), None)
    asked = request.GET.get("v", "")
    shown = next((v for v in versions if v.public_id == asked), live)
    if asked and shown and shown.public_id != asked:
        raise Http404
    context = {
        "version": shown,
        "live": live,
        "rules": plans.rules(shown) if shown else [],
        "examples": plans.examples(shown) if shown else [],
        "versions": plans.versions(versions, live, shown),
        "may_publish": standing(request.user).may(Permission.MANAGE_PLANS),
    }
    return render(request, "money/plan.html", context)
