"""One reward: approved or refused by somebody who is not the client's seller, given, cancelled."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from polecam.actions import reward_grants
from polecam.insights import client_rewards
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.thanks import giving, queries
from polecam.thanks.models import RewardGrant
from polecam.web.access import door
from polecam.web.pages.rewards import words
from polecam.web.pages.rewards.forms import DecisionForm
from polecam.web.pages.rewards.views import BOTH, DECIDERS
from polecam.web.types import Request

ACTS = ("approve", "refuse", "give", "cancel")


@door("rewards:grant", DECIDERS)
@BOTH
def grant(request: Request, ref: str) -> HttpResponse:
    """What it is, what speaks for a second look, and the next step. POST: `act`, `why`."""
    found, at = _found(request, ref), datetime.now(UTC)
    form = DecisionForm(request.POST or None)
    act = request.POST.get("act", "")
    if request.method == "POST" and form.is_valid():
        if act not in ACTS:
            raise Http404
        try:
            _do(act, request, found, form.cleaned_data["why"], at)
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _done(act))
            return HttpResponseRedirect(reverse("rewards:list"), status=303)
        found.refresh_from_db()
    own = request.user.pk in (_owner(found), found.referral.originator_id)
    context = {
        "form": form,
        "grant": words.waits(found),
        "state": found.state,
        "own": own,
        "many": settings.value("rewarded_a_year", at=at, branch=found.branch_id),
        "year": found.year,
        "year_sum": giving.year_sum(found.party, year=found.year, but=found.pk)
        if found.party
        else None,
        "year_most": settings.value("reward_person_year_grosze", at=at, branch=found.branch_id),
        "decided_by": found.decided_by,
    }
    return render(request, "rewards/grant.html", context, status=422 if form.errors else 200)


def _found(request: Request, ref: str) -> RewardGrant:
    rows = queries.grants_visible_to(request.user).filter(
        branch_id__in=client_rewards.places(request.user)
    )
    rows = rows.select_related("client__party", "reward", "referral", "party", "decided_by")
    found = rows.filter(public_id=ref).first()
    if found is None:
        raise Http404
    return found


def _owner(found: RewardGrant) -> int | None:
    return found.client.owner_id if found.client else None


def _do(act: str, request: Request, found: RewardGrant, why: str, at: datetime) -> None:
    who = request.user
    if act == "approve":
        reward_grants.approve(by=who, at=at, grant=found, why=why)
    elif act == "refuse":
        reward_grants.refuse(by=who, at=at, grant=found, why=why)
    elif act == "give":
        reward_grants.give(by=who, at=at, grant=found)
    else:
        reward_grants.cancel(by=who, at=at, grant=found, why=why)


def _done(act: str) -> str:
    return {
        "approve": _("Approved. It waits to be handed over."),
        "refuse": _("Refused. The client’s seller sees only that it will not come."),
        "give": _("Noted as given."),
        "cancel": _("Cancelled. Budget and stock are back."),
    }[act]
