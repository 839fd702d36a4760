"""All plans that somebody may write or approve: drafts, what waits, what holds, what was."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.bonuses.models import Plan, PlanVersion
from polecam.bonuses.planning import queries as plan_queries
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.web.access import door
from polecam.web.pages.plans import line
from polecam.web.pages.plans.doors import PLANNERS
from polecam.web.types import Request


@dataclass(frozen=True, slots=True)
class Card:
    """One plan on the list."""

    plan: Plan
    covers: str
    marks: list[line.Mark]
    draft: PlanVersion | None
    newest: PlanVersion | None
    assigned: int
    read: int
    may_write: bool
    may_cover: bool


@door("plans:list", PLANNERS)
@require_safe
def plans(request: Request) -> HttpResponse:
    """Every plan with its line of versions; first what waits for the reader."""
    at, person = datetime.now(UTC), request.user
    able = standing(person)
    context = {
        "waiting": list(plan_queries.to_approve(person)),
        "returned": list(plan_queries.returned_to(person)),
        "cards": cards(person, at),
        "may_start": able.may(Permission.WRITE_PLAN),
    }
    return render(request, "plans/list.html", context)


def cards(person: Person, at: datetime) -> list[Card]:
    """The plans the person sees, in three queries."""
    live = Q(assignment__until=None) | Q(assignment__until__gt=at)
    rows = plan_queries.visible_plans(person).select_related("branch")
    rows = rows.annotate(assigned=Count("assignment", filter=live, distinct=True))
    found = PlanVersion.objects.filter(plan__in=rows.values("pk"))
    versions: dict[int, list[PlanVersion]] = {}
    for version in found.annotate(read=Count("acknowledgement")).order_by("valid_from", "number"):
        versions.setdefault(version.plan_id, []).append(version)
    may_cover = standing(person).may(Permission.MANAGE_PLANS)
    made = []
    for plan in rows:
        own = versions.get(plan.pk, [])
        published = [v for v in own if v.published_at]
        made.append(
            Card(
                plan=plan,
                covers=line.covers(plan),
                marks=line.marks(own, at=at, shown=None),
                draft=next((v for v in own if not v.published_at), None),
                newest=published[-1] if published else None,
                assigned=plan.assigned,
                read=published[-1].__dict__["read"] if published else 0,
                may_write=plan_queries.may_write(person, plan),
                may_cover=may_cover,
            )
        )
    return made
