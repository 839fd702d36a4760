"""The boss confirms who made whom ready to ask."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import coaching
from polecam.bonuses.models import Coaching
from polecam.kit.errors import Refused
from polecam.people.permissions import Permission
from polecam.people.queries import team
from polecam.web.access import MANAGERS, door
from polecam.web.pages.pool.forms import CoachingForm
from polecam.web.types import Request
from polecam.web.ui.places import places

MOST = 12
"""Rows of the list."""


@door("pool:coaching", MANAGERS)
@require_http_methods(["GET", "POST"])
def confirmed(request: Request) -> HttpResponse:
    """What was confirmed lately, and a form for the next one."""
    choice = places(request, Permission.CONFIRM_COACHING)
    branch = choice.chosen
    people = [one for one in team(branch.pk) if one.pk != request.user.pk]
    form = CoachingForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            coaching.confirm(
                by=request.user,
                at=datetime.now(UTC),
                branch=branch,
                mentor=form.people[form.cleaned_data["mentor"]],
                colleague=form.people[form.cleaned_data["colleague"]],
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("Confirmed. Help of this kind is seen here."))
            return HttpResponseRedirect(reverse("pool:coaching"), status=303)
    rows = Coaching.objects.filter(branch=branch).select_related("mentor", "colleague")
    context = {
        "places": choice,
        "form": form,
        "rows": list(rows.order_by("-at", "-id")[:MOST]),
        "few": len(people) < 2,
    }
    return render(request, "pool/coaching.html", context, status=422 if form.errors else 200)
