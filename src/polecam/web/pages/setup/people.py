"""People of the firm: who works here, in which role, who is invited."""

from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import attrgetter

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from polecam.actions import people as actions
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.organisation.settings import organisation
from polecam.people import links, staff
from polecam.people.permissions import Permission, standing
from polecam.people.queries import members, welcomes
from polecam.thanks.queries import on_anywhere
from polecam.web.access import ADMINS, door
from polecam.web.pages.setup import forms
from polecam.web.pages.setup.answers import complain, show, to
from polecam.web.types import Request
from polecam.web.ui.waits.start import left

LINK_SHOWN = timedelta(minutes=15)


def managed_branches(request: Request) -> list[Branch]:
    """Branches whose people the reader manages."""
    ids = standing(request.user).branches(Permission.MANAGE_PEOPLE)
    return list(Branch.objects.filter(pk__in=ids).order_by("name"))


def choices(branches: list[Branch]) -> list[tuple[str, str]]:
    """Branches as the options of a field."""
    return [(branch.public_id, branch.name) for branch in branches]


@door("setup:setup", ADMINS)
def overview(request: Request) -> HttpResponse:
    """Everyone by branch, open invitations, and the ways to settings."""
    now = datetime.now(UTC)
    rows = members(request.user)
    groups = [(branch, list(of)) for branch, of in groupby(rows, attrgetter("branch"))]
    context = {
        "groups": groups,
        "invitations": staff.invitations(request.user, at=now),
        "rewards_on": on_anywhere(at=now),
        "first_steps": left(request.user, now),
    }
    return render(request, "setup/setup.html", context)


@door("setup:invite", ADMINS)
@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    """Invite someone by a link."""
    branches = managed_branches(request)
    start = {
        "role": "seller",
        "branch": branches[0].public_id if branches else "",
        "language": organisation().language,
    }
    form = forms.Invite(request.POST or None, branches=choices(branches), initial=start)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        values["branch"] = next(b for b in branches if b.public_id == values["branch"])
        try:
            welcome = actions.invite(by=request.user, at=datetime.now(UTC), **values)
        except Refused as error:
            complain(form, error)
        else:
            return to("setup:invited", welcome.public_id)
    return show(request, "setup/invite.html", form)


@door("setup:invited", ADMINS)
def invited(request: Request, public_id: str) -> HttpResponse:
    """The link to copy: shown to whoever invited, for a quarter of an hour."""
    own = welcomes(request.user).filter(
        invited_by=request.user, created_at__gt=datetime.now(UTC) - LINK_SHOWN
    )
    welcome = get_object_or_404(own, public_id=public_id)
    context = {"welcome": welcome, "url": links.welcome_url(welcome)}
    return render(request, "setup/invited.html", context)
