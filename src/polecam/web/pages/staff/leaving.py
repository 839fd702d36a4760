"""Leaving: one page before and after, with everything that is to be settled."""

from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from polecam.actions import departures as actions
from polecam.insights import settling
from polecam.kit.errors import Refused
from polecam.people import staff
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, PAYROLL, door
from polecam.web.pages.staff import doors, forms, points
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui import plan_terms


def _context(request: Request, person: Person) -> dict:
    at = datetime.now(UTC)
    found = settling.of(person, at=at)
    seen = standing(request.user)
    amounts = settling.sees_amounts(request.user, person)
    listed = points.of(found, person, amounts=amounts)
    return {
        "person": person,
        "gone": not person.is_active,
        "points": listed,
        "settled": all(point.state == points.DONE for point in listed),
        "waits": sum(point.state == points.WAITS for point in listed),
        "rules": [plan_terms.leaver(rule) for rule in found.rules],
        "departure": staff.departure_of(person),
        "me": person.pk == request.user.pk,
        "manages": seen.may(Permission.MANAGE_PEOPLE),
        "only_admin": found.only_admin,
    }


@door("setup:leave", ADMINS)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Request, public_id: str) -> HttpResponse:
    """What is to be settled; with the button, it is over today."""
    found = doors.colleague(request, public_id)
    if request.method != "POST":
        form = forms.LastDay(initial={"last": fmt.today()})
        return doors.page(request, "staff/leaving.html", _context(request, found) | {"form": form})
    try:
        actions.leave(by=request.user, at=datetime.now(UTC), person=found)
    except Refused as error:
        messages.error(request, doors.said(error))
        return doors.to("setup:leave", found.public_id)
    messages.success(request, _("%(name)s can no longer sign in.") % {"name": found.full_name})
    return doors.to("staff:settled", found.public_id)


@door("staff:plan_leaving", ADMINS)
@require_POST
def plan(request: Request, person: str) -> HttpResponse:
    """A last day to come; until then nothing changes."""
    found = doors.colleague(request, person)
    form = forms.LastDay(request.POST)
    if form.is_valid():
        on = form.cleaned_data["last"] + timedelta(days=1)
        try:
            actions.plan(by=request.user, at=datetime.now(UTC), person=found, on=on)
        except Refused as error:
            form.add_error("last", doors.said(error))
        else:
            messages.success(request, _("Noted. On the day after it happens by itself."))
            return doors.to("setup:leave", found.public_id)
    context = _context(request, found) | {"form": form}
    return doors.page(request, "staff/leaving.html", context, wrong=True)


@door("staff:stay", ADMINS)
@require_POST
def stay(request: Request, person: str) -> HttpResponse:
    """The planned last day is taken back."""
    found = doors.colleague(request, person)
    row = staff.departure_of(found)
    if row is None:  # taken back already
        return doors.to("setup:person", found.public_id)
    try:
        actions.cancel(by=request.user, at=datetime.now(UTC), departure=row)
    except Refused as error:
        messages.error(request, doors.said(error))
    else:
        messages.success(request, _("Taken back. Everything stays as it is."))
    return doors.to("setup:person", found.public_id)


@door("staff:settled", ADMINS | PAYROLL)
@require_GET
def settled(request: Request, person: str) -> HttpResponse:
    """Somebody who left: what is settled and what still waits."""
    found = get_object_or_404(settling.leavers(request.user), public_id=person)
    return doors.page(request, "staff/leaving.html", _context(request, found))


@door("staff:leavers", ADMINS | PAYROLL)
@require_GET
def leavers(request: Request) -> HttpResponse:
    """Who left, the latest first."""
    rows = list(settling.leavers(request.user)[:100])
    return doors.page(request, "staff/leavers.html", {"people": rows})
