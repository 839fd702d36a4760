"""Asking many clients at once: how many could be asked, then one POST, then how far it is."""

from datetime import UTC, datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import survey_rounds
from polecam.insights.survey_reach import may_be_asked
from polecam.kit.errors import NotAllowed, Refused
from polecam.surveys import queries
from polecam.surveys.models import SurveyRound
from polecam.web.access import door
from polecam.web.pages.surveys.summary import RULE, branches
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

FIRST = 50


class RoundForm(forms.Form):
    """How many of those who may be asked."""

    wanted = forms.IntegerField(
        label=gettext_lazy("How many clients"), min_value=1, max_value=survey_rounds.MOST
    )


@door("surveys:begin", RULE)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request) -> HttpResponse:
    """How many may be asked now, and of how many it shall be."""
    at = datetime.now(UTC)
    here = branches(request)
    asked_for = (request.POST or request.GET).get("branch")
    branch = next((one for one in here if one.public_id == asked_for), here[0] if here else None)
    if branch is None:
        raise Http404
    possible = may_be_asked(branch, at=at).count()
    first = {"wanted": min(FIRST, possible) or ""}
    form = RoundForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            going = survey_rounds.begin(by=request.user, at=at, branch=branch, **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as error:
            form.add_error("wanted", sentence_of(error))
        else:
            return _to(going)
    context = {"form": form, "branch": branch, "branches": here, "possible": possible}
    return render(request, "surveys/begin.html", context, status=422 if form.errors else 200)


@door("surveys:round", RULE)
@require_safe
def one(request: Request, ref: str) -> HttpResponse:
    """How far it is; the page may be left."""
    return render(request, "surveys/round.html", {"going": _found(request, ref)})


@door("surveys:progress", RULE)
@require_safe
def progress(request: Request, ref: str) -> HttpResponse:
    """The bar alone."""
    return render(request, "surveys/far.html", {"going": _found(request, ref)})


@door("surveys:stop", RULE)
@require_POST
def stop(request: Request, ref: str) -> HttpResponse:
    """Nobody else is asked."""
    going = survey_rounds.stop(by=request.user, at=datetime.now(UTC), going=_found(request, ref))
    messages.success(request, _("Stopped. Nobody else is asked."))
    return _to(going)


def _found(request: Request, ref: str) -> SurveyRound:
    going = queries.rounds_of(request.user).filter(public_id=ref).first()
    if going is None:
        raise Http404
    return going


def _to(going: SurveyRound) -> HttpResponse:
    return HttpResponseRedirect(reverse("surveys:round", args=[going.public_id]), status=303)
