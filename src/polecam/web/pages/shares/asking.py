"""A share asked for by whoever was recommended the same person too: neither side learns more."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import proposals
from polecam.claims.models import ProposalState
from polecam.claims.notices import notice
from polecam.claims.shares import queries
from polecam.kit.errors import Refused
from polecam.referrals.models import Referral
from polecam.web.access import SELLERS, door
from polecam.web.pages.shares import page
from polecam.web.pages.shares.forms import AskForm
from polecam.web.types import Request
from polecam.web.ui.firm import firm


@door("shares:ask", SELLERS)
@require_http_methods(["GET", "POST"])
def ask(request: Request, ref: str) -> HttpResponse:
    """`ref`: the asker's own further recommendation. Nobody is named until they agree."""
    at = datetime.now(UTC)
    rows = Referral.objects.filter(originator=request.user).select_related("party")
    referral = rows.filter(public_id=ref).first()
    if referral is None:
        raise Http404
    led = queries.led_by_colleague(referral, at=at)
    asked = queries.asked_share(request.user, led) if led else None
    told = notice(request.user, referral, at=at, zone=firm().zone)
    if asked is None and (told is None or not told.opened):  # what it tells is opened there
        return HttpResponseRedirect(reverse("referrals:one", args=[referral.public_id]))
    form = AskForm(request.POST or None, initial={"share": "20"})
    if request.method == "POST" and form.is_valid():
        try:
            proposals.ask_for_share(
                by=request.user, at=at, referral=referral, share_bp=form.cleaned_data["share"]
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("Asked. You will see here what they answer."))
            return HttpResponseRedirect(request.path, status=303)
    context = {
        "form": form,
        "referral": referral,
        "name": page.friend_name(referral),
        "possible": led is not None and asked is None,
        "asked": asked,
        "waits": asked is not None and asked.state == ProposalState.OPEN,
        "agreed_url": reverse("shares:one", args=[led.public_id])
        if led and asked and asked.state == ProposalState.AGREED
        else "",
    }
    return render(request, "shares/ask.html", context, status=422 if form.errors else 200)
