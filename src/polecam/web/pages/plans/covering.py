"""Whom a plan covers: seen by its writers, changed by admins."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import plan_assignments, plan_drafts
from polecam.bonuses.models import Assignment, Plan
from polecam.bonuses.planning import queries as plan_queries
from polecam.kit.errors import Refused
from polecam.kit.periods import day_bounds, day_of
from polecam.organisation.models import Branch
from polecam.people.models import Membership, Person, Role
from polecam.people.permissions import Permission, standing
from polecam.web.access import ADMINS, door
from polecam.web.pages.plans import line
from polecam.web.pages.plans.doors import COVERING, WRITERS
from polecam.web.pages.referrals.forms import DayField, RefusableForm, day_input
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm

Whom = tuple[Branch | None, str, Person | None]
ROLES = {
    Role.SELLER: gettext_lazy("sellers"),
    Role.MANAGER: gettext_lazy("bosses"),
}


class AssignForm(RefusableForm):
    """Whom a plan covers, from when, until when."""

    beside = {"person": "whom", "role": "whom", "branch": "whom", "since": "since", "": "whom"}
    whom = forms.ChoiceField(label=gettext_lazy("Whom"))
    since = DayField(label=gettext_lazy("From"), widget=day_input())
    until = DayField(label=gettext_lazy("To, the last day"), widget=day_input(), required=False)


class NameForm(RefusableForm):
    """Another name of a plan."""

    name = forms.CharField(label=gettext_lazy("Name of the plan"), max_length=80)


@dataclass(frozen=True, slots=True)
class Row:
    """One assignment in words."""

    public_id: str
    whom: str
    days: str
    over: bool


def plan_for(person: Person, ref: str) -> Plan:
    """A plan that the person may write or approve. 404 for anyone else."""
    found = plan_queries.visible_plans(person).select_related("branch").filter(public_id=ref)
    plan = found.first()
    if plan is None:
        raise Http404
    return plan


def assigning(whom: dict[str, tuple[str, Whom]], at: datetime, typed: Any = None) -> AssignForm:
    """The form with everybody it may name."""
    form = AssignForm(typed, initial={"since": day_of(at, firm().zone)})
    form.fields["whom"].choices = [(key, said) for key, (said, _who) in whom.items()]  # type: ignore[attr-defined]
    return form


@door("plans:covers", COVERING)
@require_http_methods(["GET", "POST"])
def covers(request: Request, plan: str) -> HttpResponse:
    """Who is covered; an admin assigns the plan to people, roles and branches."""
    found = plan_for(request.user, plan)
    at, zone = datetime.now(UTC), firm().zone
    whom = possible(request.user, found)
    form = assigning(whom, at, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        branch, role, person = whom[data["whom"]][1]
        try:
            plan_assignments.assign(
                by=request.user,
                at=at,
                plan=found,
                since=day_bounds(data["since"], zone)[0],
                until=day_bounds(data["until"], zone)[1] if data["until"] else None,
                branch=branch,
                role=role,
                person=person,
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("Assigned."))
            return redirect("plans:covers", found.public_id)
    return _shown(request, found, form, NameForm(initial={"name": found.name}))


def _shown(request: Request, plan: Plan, form: AssignForm, name_form: NameForm) -> HttpResponse:
    context = {
        "plan": plan,
        "covers": line.covers(plan),
        "rows": rows(plan, datetime.now(UTC)),
        "form": form,
        "name_form": name_form,
        "may_assign": standing(request.user).may(Permission.MANAGE_PLANS),
        "may_write": plan_queries.may_write(request.user, plan),
    }
    status = 422 if form.errors or name_form.errors else 200
    return render(request, "plans/covers.html", context, status=status)


@door("plans:end", ADMINS)
@require_POST
def end(request: Request, assignment: str) -> HttpResponse:
    """An assignment ends now."""
    plans = plan_queries.visible_plans(request.user)
    found = Assignment.objects.filter(plan__in=plans, public_id=assignment)
    row = found.select_related("plan").first()
    if row is None:
        raise Http404
    at = datetime.now(UTC)
    plan_assignments.end(by=request.user, at=at, assignment=row, until=at)
    messages.success(request, _("It has ended. What was counted stays as it is."))
    return redirect("plans:covers", row.plan.public_id)


@door("plans:rename", WRITERS)
@require_POST
def rename(request: Request, plan: str) -> HttpResponse:
    """Another name; a name too long or empty is told, with what was typed."""
    found, at = plan_for(request.user, plan), datetime.now(UTC)
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            plan_drafts.rename(by=request.user, at=at, plan=found, name=form.cleaned_data["name"])
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("Renamed."))
            return redirect("plans:covers", found.public_id)
    return _shown(request, found, assigning(possible(request.user, found), at), form)


def rows(plan: Plan, at: datetime) -> list[Row]:
    """Assignments that run or will, then those that are over."""
    found = Assignment.objects.filter(plan=plan).select_related("branch", "person")
    made = [
        Row(one.public_id, said(one), days(one), one.until is not None and one.until <= at)
        for one in found.order_by("-since")
    ]
    return sorted(made, key=lambda row: row.over)


def said(one: Assignment) -> str:
    """Whom an assignment means."""
    if one.person is not None:
        return one.person.full_name
    where = one.branch.name if one.branch else _("the whole firm")
    return f"{ROLES.get(Role(one.role), one.role)}, {where}" if one.role else where


def days(one: Assignment) -> str:
    """From when until when."""
    start = _("since %(day)s") % {"day": fmt.day(one.since)}
    return start if one.until is None else f"{fmt.day(one.since)} – {fmt.day(one.until)}"


def possible(person: Person, plan: Plan) -> dict[str, tuple[str, Whom]]:
    """Key -> (words, whom) that a plan can be assigned to, within its branch or the firm."""
    able = standing(person).branches(Permission.MANAGE_PLANS)
    branches = [plan.branch] if plan.branch else list(Branch.objects.filter(pk__in=able))
    found: dict[str, tuple[str, Whom]] = {}
    for branch in branches:
        found[branch.public_id] = (branch.name, (branch, "", None))
        for role, name in ROLES.items():
            key = f"{role}-{branch.public_id}"
            found[key] = (f"{name}, {branch.name}", (branch, str(role), None))
    rows = Membership.objects.filter(
        Q(branch__in=branches), until=None, role__in=list(ROLES), person__is_active=True
    ).select_related("person")
    for row in rows.order_by("person__last_name", "person__first_name"):
        if row.person_id != person.pk:
            found[row.person.public_id] = (row.person.full_name, (None, "", row.person))
    return found
