"""Whoever earns by a version reads what it changes, and says so; the boss sees how many did."""

from datetime import UTC, datetime

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from polecam.actions import plan_acknowledgements
from polecam.bonuses.models import Acknowledgement, Assignment, Plan, PlanVersion
from polecam.bonuses.planning import queries as plan_queries
from polecam.people.models import Membership, Person, Role
from polecam.web.access import SELLERS, door
from polecam.web.pages.money import plans
from polecam.web.pages.plans.comparing import between
from polecam.web.pages.plans.doors import READING, visible
from polecam.web.pages.plans.publishing import published_at_last
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.voice import pick


@door("plans:read", SELLERS)
@require_http_methods(["GET", "POST"])
def read(request: Request, ref: str) -> HttpResponse:
    """What a version changes for the reader, in words; POST says that they have read it."""
    at, person = datetime.now(UTC), request.user
    version = plans.readable(person).filter(public_id=ref).first()
    if version is None or not plan_queries.concerns(person, version, at):
        raise Http404
    if request.method == "POST":
        plan_acknowledgements.acknowledge(by=person, at=at, version=version)
        messages.success(request, _("Thank you. It stays here to read whenever you like."))
        return published_at_last(version)
    before = before_of(version)
    rules, terms = plans.read(version)
    done = Acknowledgement.objects.filter(version=version, person=person).first()
    context = {
        "version": version,
        "plan": version.plan,
        "before": before,
        "changes": between(before, version) if before else [],
        "rules": [] if before else rules,
        "terms": [] if before else terms,
        "begins": fmt.day(version.valid_from),
        "ahead": version.valid_from > at,
        "done": done,
        "button": pick(
            person,
            pgettext("said by a woman", "I have read it"),
            pgettext("said by a man", "I have read it"),
            pgettext("said by a person", "I have read it"),
        ),
    }
    return render(request, "plans/read.html", context)


def before_of(version: PlanVersion) -> PlanVersion | None:
    """The version of the same plan that held before."""
    rows = PlanVersion.objects.filter(plan=version.plan_id, published_at__isnull=False)
    return rows.filter(valid_from__lt=version.valid_from).order_by("valid_from").last()


@door("plans:readers", READING)
@require_safe
def readers(request: Request, ref: str) -> HttpResponse:
    """How many have read a version, and who; whoever has not yet is named without reproach."""
    version = visible(request.user, ref)
    if version.published_at is None:
        raise Http404
    rows = Acknowledgement.objects.filter(version=version).select_related("person")
    have = list(rows.order_by("at"))
    known = {row.person_id for row in have}
    still = [person for person in meant(version.plan) if person.pk not in known]
    context = {
        "version": version,
        "plan": version.plan,
        "have": have,
        "still": still,
        "all": len(have) + len(still),
    }
    return render(request, "plans/readers.html", context)


def meant(plan: Plan) -> QuerySet[Person]:
    """Who earns by a plan today: its branch or firm without those another plan is nearer to, and
    whoever it is assigned to."""
    earning = Membership.objects.filter(until=None, role__in=(Role.SELLER, Role.MANAGER))
    assigned = Assignment.objects.filter(until=None)
    mine, others = assigned.filter(plan=plan), assigned.exclude(plan=plan)
    own = Q(pk__in=mine.exclude(person=None).values("person"))
    for one in mine.filter(person=None):
        rows = earning.filter(role=one.role) if one.role else earning
        rows = rows.filter(branch=one.branch_id) if one.branch_id else rows
        own |= Q(pk__in=rows.values("person"))
    if plan.covers_all:
        here = earning.filter(branch=plan.branch_id) if plan.branch_id else earning
        if plan.branch_id is None:
            nearer = PlanVersion.objects.filter(
                plan__covers_all=True, plan__branch__isnull=False, published_at__isnull=False
            )
            here = here.exclude(branch__in=nearer.values("plan__branch"))
        own |= Q(pk__in=here.values("person"))
    people = Person.objects.filter(own, is_active=True)
    people = people.exclude(pk__in=others.exclude(person=None).values("person"))
    return people.order_by("last_name", "first_name")
