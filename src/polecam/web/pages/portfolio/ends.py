"""Exclusivity has ended without a result; the boss proposes who goes on."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import claim_ends
from polecam.claims.models import Claim
from polecam.insights import portfolio as reads
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.referrals.queries import overseen
from polecam.web.access import MANAGERS, door
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


def _claim(request: Request, public_id: str) -> Claim:
    here = standing(request.user).branches(Permission.PROPOSE_HANDOFF)
    claim = (
        Claim.objects.filter(
            public_id=public_id, referral__branch_id__in=here, ended_at__isnull=False
        )
        .select_related("holder", "referral__originator", "referral__party")
        .first()
    )
    if claim is None:
        raise Http404
    return claim


@door("portfolio:goes_on", MANAGERS)
@require_http_methods(["GET", "HEAD", "POST"])
def goes_on(request: Request, claim: str) -> HttpResponse:
    """Whoever led it, or a colleague who agrees; names only of what the reader oversees."""
    at = datetime.now(UTC)
    ended = _claim(request, claim)
    referral = ended.referral
    seen = overseen(request.user, at=at).filter(pk=referral.pk).exists()
    people = list(reads.receivers(ended.holder, referral.branch_id))
    problem = ""
    if request.method == "POST" and seen:
        try:
            claim_ends.propose_who_goes_on(
                by=request.user, at=at, claim=ended, to=_chosen(request, ended, people)
            )
        except NotAllowed:
            raise
        except Refused as error:
            problem = sentence_of(error)
        else:
            messages.success(request, _("Proposed. Whoever led it answers first."))
            return HttpResponseRedirect(reverse("fair:fair"), status=303)
    party = referral.party
    context = {
        "claim": ended,
        "seen": seen,
        "name": party.first_name if seen and party else "",
        "people": people,
        "problem": problem,
    }
    return render(request, "portfolio/goes_on.html", context, status=422 if problem else 200)


def _chosen(request: Request, claim: Claim, people: list[Person]) -> Person:
    wanted = request.POST.get("to", "")
    able = [claim.holder, *people] if claim.holder.is_active else people
    for person in able:
        if person.public_id == wanted:
            return person
    raise Refused("owner_unfit", field="to")
