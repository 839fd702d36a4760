"""The plan to read: the regulamin of bonuses in plain sentences, on screen and on paper."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.bonuses.models import PlanVersion
from polecam.bonuses.planning import queries as plan_queries
from polecam.bonuses.planning.coverage import version_in_force
from polecam.people.models import Role
from polecam.people.permissions import Permission, standing
from polecam.web.access import SELLERS, door
from polecam.web.pages.money import plans
from polecam.web.pages.plans import line
from polecam.web.types import Request

READERS = SELLERS | {Role.ADMIN, Role.PAYROLL}


@door("money:plan", READERS)
@require_safe
def plan(request: Request) -> HttpResponse:
    """The version that holds for the reader (or `?v=` another one) as rules to read and compute."""
    at = datetime.now(UTC)
    shown = _shown(request, at)
    context: dict[str, object] = {"version": shown}
    if shown is not None:
        rows = PlanVersion.objects.filter(plan=shown.plan_id, published_at__isnull=False)
        marks = line.marks(list(rows), at=at, shown=shown, drafts=False)
        rules, terms = plans.read(shown)
        waits = [v.pk for v in plan_queries.unread(request.user, at)]
        context |= {
            "plan": shown.plan,
            "covers": line.covers(shown.plan),
            "rules": rules,
            "terms": terms,
            "line": marks,
            "mark": next(mark for mark in marks if mark.shown),
            "unread": shown.pk in waits,
        }
    able = standing(request.user)
    context["may_plan"] = able.may(Permission.WRITE_PLAN) or able.may(Permission.APPROVE_PLAN)
    return render(request, "money/plan.html", context)


def _shown(request: Request, at: datetime) -> PlanVersion | None:
    """The version asked for, else the one that holds for the reader. 404 for one not to be read."""
    readable = plans.readable(request.user)
    if asked := request.GET.get("v", ""):
        found = readable.filter(public_id=asked).first()
        if found is None:
            raise Http404
        return found
    home = standing(request.user).home
    live = version_in_force(request.user, home, at) if home is not None else None
    return readable.filter(pk=live.pk).first() if live else None
