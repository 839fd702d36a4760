"""All first steps with their state; what may wait; what happens tomorrow morning."""

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from polecam.actions import start
from polecam.insights.start import founding
from polecam.kit.errors import Refused
from polecam.people.models import Role
from polecam.people.permissions import standing
from polecam.people.queries import founder
from polecam.web.access import ADMINS, ANYONE, door
from polecam.web.pages.setup.answers import to
from polecam.web.pages.start import path, steps
from polecam.web.types import Request


def is_admin(request: Request) -> bool:
    """Whether the reader administers any branch."""
    held = standing(request.user).roles.values()
    return any(Role.ADMIN in roles for roles in held)


@door("start:overview", ANYONE)
@require_GET
def overview(request: Request) -> HttpResponse:
    """Every step and how it stands; for whoever founds the firm, and for admins."""
    if is_admin(request):
        found = path.of_admin(request.user, datetime.now(UTC))
    else:
        there = founder()
        if there is None or there.pk != request.user.pk:
            return redirect("home" if standing(request.user).roles else "entry:no_role")
        found = founding(there)
    listed = path.steps(found)
    following = next((step for step in listed if step.code == found.next), None)
    context = {"listed": listed, "next": following, "found": found, "total": len(listed)}
    return render(request, "start/overview.html", context)


@door("start:done", ADMINS)
@require_GET
def done(request: Request) -> HttpResponse:
    """What happens tomorrow morning, and what still waits."""
    found = path.of_admin(request.user, datetime.now(UTC))
    listed = path.steps(found)
    waiting = [step for step in listed if step.state != "done"]
    return render(request, "start/done.html", {"waiting": waiting, "has": found.states})


@door("start:put_off", ADMINS)
@require_POST
def put_off(request: Request, step: str) -> HttpResponse:
    """This step waits; on to the next."""
    if step not in start.PUT_OFF:
        raise Http404
    at = datetime.now(UTC)
    try:
        start.put_off(by=request.user, at=at, step=step, why=request.POST.get("why", ""))
    except Refused as error:
        if error.code != "start_reason":
            raise
        return steps.without_reason(request, error)
    return path.go_on(request.user, step, at)


@door("start:put_away", ADMINS)
@require_POST
def put_away(request: Request) -> HttpResponse:
    """Show the list nowhere else any more."""
    start.put_away(by=request.user, at=datetime.now(UTC))
    return to("home")
