"""Two versions of a plan beside each other, in words."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.bonuses.models import PlanVersion
from polecam.bonuses.planning import queries as plan_queries
from polecam.web.access import door
from polecam.web.pages.plans import line
from polecam.web.pages.plans.doors import PLANNERS, visible
from polecam.web.types import Request
from polecam.web.ui.plan_changes import Said, told


def between(before: PlanVersion, after: PlanVersion) -> list[Said]:
    """What `after` changes, in words."""
    return told(plan_queries.draft_of(before), plan_queries.draft_of(after))


@door("plans:compare", PLANNERS)
@require_safe
def compare(request: Request, ref: str, other: str) -> HttpResponse:
    """What the version `ref` changes against `other` of the same plan."""
    version, before = visible(request.user, ref), visible(request.user, other)
    if before.plan_id != version.plan_id:
        raise Http404
    at = datetime.now(UTC)
    context = {
        "version": version,
        "before": before,
        "plan": version.plan,
        "changes": between(before, version),
        "line": line.of_plan(version.plan, at=at, shown=version),
        "is_draft": version.published_at is None and version.submitted_at is None,
        "may_write": plan_queries.may_write(request.user, version.plan),
    }
    return render(request, "plans/compare.html", context)
