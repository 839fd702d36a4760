"""Steps that lead to pages of their own: the plan, clients, the team, one's account."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from polecam.bonuses.models import PlanVersion
from polecam.bonuses.planning.queries import draft_of, visible_plans
from polecam.web.access import ADMINS, door
from polecam.web.pages.start import path
from polecam.web.pages.start.steps import answer
from polecam.web.types import Request
from polecam.web.ui import plan_sentences as sentences
from polecam.web.ui.context import address


@door("start:plan", ADMINS)
@require_GET
def plan(request: Request) -> HttpResponse:
    """The draft that came along: what it pays, and who publishes it."""
    own = PlanVersion.objects.filter(plan__in=visible_plans(request.user).values("pk"))
    draft = own.filter(published_at=None).order_by("id").first()
    parts = draft_of(draft).components if draft else ()
    said = [sentences.sentence(one, one.bands) for one in parts]
    return answer(request, "plan", None, draft=draft, said=said)


@door("start:clients", ADMINS)
@require_GET
def clients(request: Request) -> HttpResponse:
    """Clients come from a file."""
    return answer(request, "clients", None)


@door("start:team", ADMINS)
@require_GET
def team(request: Request) -> HttpResponse:
    """Invite the people: many at once, or one by one."""
    many = address("staff:invite_many")
    return answer(request, "team", None, many=many, one=reverse("setup:invite"))


@door("start:protect", ADMINS)
@require_GET
def protect(request: Request) -> HttpResponse:
    """A second factor for whoever can change everything."""
    if not path.protectable():
        return redirect("start:overview")
    where = address("security:mine")
    return answer(request, "protect", None, where=where, at=datetime.now(UTC))
