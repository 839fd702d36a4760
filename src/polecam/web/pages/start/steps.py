"""Steps with a form: who leads the branch, who holds the data, the monitoring notice."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import people, setup, start
from polecam.kit.errors import Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people import links
from polecam.people.models import Membership, Role, Welcome
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, door
from polecam.web.pages.setup.answers import complain, to
from polecam.web.pages.setup.forms import Announce
from polecam.web.pages.setup.people import LINK_SHOWN
from polecam.web.pages.start import forms, path
from polecam.web.types import Request
from polecam.web.ui.firm import firm, forget


def answer(request: Request, step: str, form: Any, **context: object) -> HttpResponse:
    """A step of an admin with its form; 422 with everything typed when something is wrong."""
    found = path.of_admin(request.user, datetime.now(UTC))
    listed = path.steps(found, step)
    context |= {
        "form": form,
        "steps": listed,
        "state": found.states[step],
        "onward": path.onward(found, step),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, f"start/{step}.html", context, status=status)


def first_branch(request: Request) -> Branch | None:
    """The oldest branch whose people the reader manages."""
    ids = standing(request.user).branches(Permission.MANAGE_PEOPLE)
    return Branch.objects.filter(pk__in=ids, closed_on=None).order_by("id").first()


@door("start:manager", ADMINS)
@require_http_methods(["GET", "POST"])
def manager(request: Request) -> HttpResponse:
    """Invite whoever leads the first branch, or be them."""
    at, place = datetime.now(UTC), first_branch(request)
    form = forms.Manager(request.POST or None)
    if request.method == "POST" and place and form.is_valid():
        try:
            people.invite(
                by=request.user, at=at, branch=place, role=Role.MANAGER, **form.cleaned_data
            )
        except Refused as error:
            complain(form, error)
        else:
            return to("start:manager")
    leads = Membership.objects.filter(role=Role.MANAGER, until=None, branch=place)
    asked = Welcome.objects.filter(
        role=Role.MANAGER, branch=place, accepted_at=None, expires_at__gt=at
    )
    invited = asked.order_by("-id").first()
    context = {
        "place": place,
        "leads": leads.select_related("person").first(),
        "invited": invited,
        "url": _own_link(request, invited, at) if invited else "",
        "alone": not Membership.objects.filter(until=None).exclude(person=request.user).exists(),
    }
    return answer(request, "manager", form, **context)


def _own_link(request: Request, invited: Welcome, at: datetime) -> str:
    """The link, for whoever invited and a quarter of an hour; else empty."""
    mine = invited.invited_by_id == request.user.pk
    return links.welcome_url(invited) if mine and invited.created_at > at - LINK_SHOWN else ""


@door("start:lead_it_myself", ADMINS)
@require_POST
def lead_it_myself(request: Request) -> HttpResponse:
    """The admin leads the first branch."""
    at, place = datetime.now(UTC), first_branch(request)
    if place is not None:
        start.lead_it_myself(by=request.user, at=at, branch=place)
    return path.go_on(request.user, "manager", at)


@door("start:privacy", ADMINS)
@require_http_methods(["GET", "POST"])
def privacy(request: Request) -> HttpResponse:
    """Address, contact, and where the data protection officer is."""
    at = datetime.now(UTC)
    found = settings.organisation()
    initial = {
        "address": found.address,
        "privacy_contact": found.privacy_contact,
        "officer": settings.value("data_officer", at=at) or "inside",
    }
    form = forms.Privacy(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            start.name_officer(by=request.user, at=at, **form.cleaned_data)
        except Refused as error:
            complain(form, error)
        else:
            forget()
            return path.go_on(request.user, "privacy", at)
    return answer(request, "privacy", form, notes=forms.OFFICERS)


@door("start:notice", ADMINS)
@require_http_methods(["GET", "POST"])
def notice(request: Request) -> HttpResponse:
    """Record the monitoring notice, or put it off with a reason."""
    at = datetime.now(UTC)
    form = Announce(request.POST or None, initial={"on": day_of(at, firm().zone)})
    if request.method == "POST" and form.is_valid():
        try:
            setup.announce_monitoring(by=request.user, at=at, **form.cleaned_data)
        except Refused as error:
            complain(form, error)
        else:
            return path.go_on(request.user, "notice", at)
    return _notice(request, form, forms.Why())


def without_reason(request: Request, error: Refused) -> HttpResponse:
    """The notice cannot be put off without saying why."""
    why = forms.Why(request.POST)
    why.full_clean()
    if not why.errors:
        complain(why, error)
    form = Announce(initial={"on": day_of(datetime.now(UTC), firm().zone)})
    response = _notice(request, form, why)
    response.status_code = 422
    return response


def _notice(request: Request, form: Announce, why: forms.Why) -> HttpResponse:
    today = day_of(datetime.now(UTC), firm().zone)
    return answer(request, "notice", form, why=why, shown_from=today + timedelta(days=14))
