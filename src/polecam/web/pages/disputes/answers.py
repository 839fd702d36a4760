"""What a party answers: says how they see it, accepts, appeals, takes back. One address each."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import dispute_decisions, disputes
from polecam.claims.models import Dispute, DisputeState
from polecam.kit.errors import NotAllowed, Refused
from polecam.web.access import SELLERS, door
from polecam.web.pages.disputes import forms
from polecam.web.pages.disputes.views import found, page
from polecam.web.types import Request
from polecam.web.ui import format as fmt
from polecam.web.ui.refusals import sentence_of

BOTH = require_http_methods(["GET", "HEAD", "POST"])


def back(request: Request, dispute: Dispute, said: str = "") -> HttpResponse:
    """To the case, with a sentence."""
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("disputes:one", args=[dispute.public_id]), status=303)


def _simply(request: Request, dispute: Dispute, act: Any, said: str) -> HttpResponse:
    try:
        act(by=request.user, at=datetime.now(UTC), dispute=dispute)
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
        return back(request, dispute)
    return back(request, dispute, fmt.tie(said))


@door("disputes:say", SELLERS)
@require_POST
def say(request: Request, ref: str) -> HttpResponse:
    """How the reader sees it, once."""
    dispute = found(request.user, ref)
    form = forms.WordsForm(request.POST)
    if form.is_valid():
        words, at = form.cleaned_data["words"], datetime.now(UTC)
        try:
            disputes.state(by=request.user, at=at, dispute=dispute, words=words)
        except Refused as error:
            form.refuse(error)
        else:
            return back(request, dispute, _("Thank you. Everyone involved reads it here."))
    return page(request, dispute, form)


@door("disputes:accept", SELLERS)
@require_POST
def accept(request: Request, ref: str) -> HttpResponse:
    """The decision is fine."""
    dispute = found(request.user, ref)
    return _simply(request, dispute, dispute_decisions.accept, _("Thank you. Noted."))


@door("disputes:withdraw", SELLERS)
@require_POST
def withdraw(request: Request, ref: str) -> HttpResponse:
    """It has cleared up."""
    dispute = found(request.user, ref)
    said = _("Taken back. Everything is as before, and nothing waits.")
    return _simply(request, dispute, disputes.withdraw, said)


@door("disputes:appeal", SELLERS)
@BOTH
def appeal(request: Request, ref: str) -> HttpResponse:
    """Somebody else looks again, once."""
    dispute = found(request.user, ref)
    if dispute.state != DisputeState.DECIDED:
        raise Refused("dispute_not_decided")
    form = forms.AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words, at = form.cleaned_data["words"], datetime.now(UTC)
        try:
            dispute_decisions.appeal(by=request.user, at=at, dispute=dispute, words=words)
        except Refused as error:
            form.refuse(error)
        else:
            return back(request, dispute, _("Somebody else looks again. Their word is final."))
    status = 422 if form.errors else 200
    context = {"form": form, "dispute": dispute}
    return render(request, "disputes/appeal.html", context, status=status)
