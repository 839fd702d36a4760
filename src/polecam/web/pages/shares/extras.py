"""The branch's budget for mentors and leaders, and one extra given from it."""

from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from polecam.actions.extras import give as give_extra
from polecam.bonuses.ledger import open_month
from polecam.claims.queries import shares
from polecam.claims.shares import queries
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.people.queries import team
from polecam.referrals import states
from polecam.referrals.models import Referral
from polecam.referrals.queries import overseen
from polecam.sales.models import Sale
from polecam.web.access import MANAGERS, door
from polecam.web.pages.shares import page
from polecam.web.pages.shares.forms import ExtraForm
from polecam.web.types import Request
from polecam.web.ui.places import places

RECENT = timedelta(days=90)
MOST = 12
"""Rows of each list on the page."""


def thankable(person: Person, at: datetime) -> QuerySet[Referral]:
    """Referrals that went on lately and that the boss knows of: sales, and named activity."""
    branches = standing(person).branches(Permission.GIVE_EXTRA)
    sold = Sale.objects.filter(branch_id__in=branches, reported_at__gt=at - RECENT)
    known = Q(pk__in=sold.values("referral")) | Q(pk__in=overseen(person, at=at).values("pk"))
    rows = Referral.objects.filter(
        known, branch_id__in=branches, consented_at__isnull=False, erased_at=None
    ).filter(state_at__gt=at - RECENT)
    rows = rows.exclude(state__in=states.ENDED).select_related("originator", "party")
    return rows.order_by("-state_at", "-id")


@door("shares:extras", MANAGERS)
@require_safe
def extras(request: Request) -> HttpResponse:
    """What the month's budget holds, what was given, and for whose referral the next one is."""
    at = datetime.now(UTC)
    choice = places(request, Permission.GIVE_EXTRA)
    branch = choice.chosen.pk
    month = open_month(at)
    values = settings.values("extra_month_grosze", "extra_each_grosze", at=at, branch=branch)
    budget = queries.budget_of(branch, month)
    granted = budget.granted_grosze if budget else values["extra_month_grosze"]
    used = budget.used_grosze if budget else 0
    context = {
        "places": choice,
        "month": month,
        "granted": granted,
        "used": used,
        "left": granted - used,
        "each": values["extra_each_grosze"],
        "fits": granted - used >= values["extra_each_grosze"],
        "given": list(queries.extras_given(request.user)[:MOST]),
        "referrals": list(thankable(request.user, at)[:MOST]),
    }
    return render(request, "shares/extras.html", context)


@door("shares:give", MANAGERS)
@require_http_methods(["GET", "POST"])
def give(request: Request, ref: str) -> HttpResponse:
    """Thank somebody for help with one referral."""
    at = datetime.now(UTC)
    referral = thankable(request.user, at).filter(public_id=ref).first()
    if referral is None:
        raise Http404
    sharing = {referral.originator_id, *(share.person_id for share in shares(referral))}
    form = ExtraForm(
        request.POST or None,
        helpers=[p for p in team(referral.branch_id) if p.pk not in sharing | {request.user.pk}],
        initial={"role": "mentor"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            give_extra(
                by=request.user,
                at=at,
                referral=referral,
                person=form.people[form.cleaned_data["person"]],
                role=form.cleaned_data["role"],
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("Given, from the branch's own budget."))
            return HttpResponseRedirect(reverse("shares:extras"), status=303)
    each = settings.value("extra_each_grosze", at=at, branch=referral.branch_id)
    context = {"form": form, "referral": referral, "name": page.friend_name(referral)}
    context["each"] = each
    return render(request, "shares/give.html", context, status=422 if form.errors else 200)
