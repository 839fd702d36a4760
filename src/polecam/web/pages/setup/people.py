"""People of the firm: who works here, in which role, who is invited."""

from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import attrgetter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import people as actions
from polecam.claims.models import BulkState
from polecam.insights import portfolio
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.people import links
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.people.queries import members, visible_to, welcomes
from polecam.thanks.queries import on_anywhere
from polecam.web.access import ADMINS, door
from polecam.web.pages.setup import forms
from polecam.web.pages.setup.answers import complain, show, to
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

LINK_SHOWN = timedelta(minutes=15)


def managed_branches(request: Request) -> list[Branch]:
    """Branches whose people the reader manages."""
    ids = standing(request.user).branches(Permission.MANAGE_PEOPLE)
    return list(Branch.objects.filter(pk__in=ids).order_by("name"))


def choices(branches: list[Branch]) -> list[tuple[str, str]]:
    """Branches as the options of a field."""
    return [(branch.public_id, branch.name) for branch in branches]


def colleague(request: Request, public_id: str) -> Person:
    """Someone the reader manages. 404 for anyone else."""
    managed = standing(request.user).branches(Permission.MANAGE_PEOPLE)
    own = visible_to(request.user).filter(memberships__branch_id__in=managed).distinct()
    return get_object_or_404(own, public_id=public_id)


@door("setup:setup", ADMINS)
def overview(request: Request) -> HttpResponse:
    """Everyone by branch, open invitations, and the ways to settings."""
    now = datetime.now(UTC)
    rows = members(request.user)
    groups = [(branch, list(of)) for branch, of in groupby(rows, attrgetter("branch"))]
    context = {
        "groups": groups,
        "welcomes": welcomes(request.user),
        "now": now,
        "rewards_on": on_anywhere(at=now),
    }
    return render(request, "setup/setup.html", context)


@door("setup:invite", ADMINS)
@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    """Invite someone by a link."""
    branches = managed_branches(request)
    start = {"role": "seller", "branch": branches[0].public_id if branches else ""}
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


@door("setup:person", ADMINS)
def person(request: Request, public_id: str) -> HttpResponse:
    """One person: roles, and the way out."""
    found = colleague(request, public_id)
    held = [m for m in members(request.user) if m.person_id == found.pk]
    form = _role_form(request, found)
    context = {"person": found, "held": held, "form": form, "me": found.pk == request.user.pk}
    return render(request, "setup/person.html", context)


@door("setup:role", ADMINS)
@require_POST
def role(request: Request, public_id: str) -> HttpResponse:
    """Give the person another role in a branch."""
    found = colleague(request, public_id)
    form = _role_form(request, found, request.POST)
    if not form.is_valid():
        raise Http404
    branch = next(
        b for b in managed_branches(request) if b.public_id == form.cleaned_data["branch"]
    )
    try:
        actions.change_role(
            by=request.user,
            at=datetime.now(UTC),
            person=found,
            branch=branch,
            role=form.cleaned_data["role"],
        )
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, _("Saved. It holds from now on."))
    return to("setup:person", found.public_id)


@door("setup:leave", ADMINS)
@require_http_methods(["GET", "POST"])
def leave(request: Request, public_id: str) -> HttpResponse:
    """Ask once more, then end every role of the person."""
    found = colleague(request, public_id)
    if request.method == "POST":
        try:
            actions.leave(by=request.user, at=datetime.now(UTC), person=found)
        except Refused as error:
            messages.error(request, sentence_of(error))
            return to("setup:person", found.public_id)
        messages.success(request, _("%(name)s can no longer sign in.") % {"name": found.full_name})
        drafted = portfolio.visible_to(request.user).filter(giver=found, state=BulkState.DRAFT)
        move = drafted.first()
        return to("portfolio:one", move.public_id) if move else to("setup:setup")
    has = portfolio.holdings(found, at=datetime.now(UTC))
    return render(request, "setup/leave.html", {"person": found, "has": has})


def _role_form(request: Request, found: Person, data: object | None = None) -> forms.ChangeRole:
    branches = managed_branches(request)
    held = next((m for m in members(request.user) if m.person_id == found.pk), None)
    start = {"branch": held.branch.public_id, "role": held.role} if held else {}
    return forms.ChangeRole(data, branches=choices(branches), initial=start)
