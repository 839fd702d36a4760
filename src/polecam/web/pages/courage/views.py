"""The courage meter. Each view reads the signed-in seller's own guesses and nobody else's."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import courage
from polecam.asking import courage as own
from polecam.clients.models import Client
from polecam.clients.queries import askable_by
from polecam.insights import courage as insight
from polecam.organisation import settings
from polecam.web.access import SELLERS, door
from polecam.web.pages.courage import words
from polecam.web.types import Request


@door("courage:mine", SELLERS)
@require_safe
def mine(request: Request) -> HttpResponse:
    """Guessed and heard, where it comes from, and the two switches: ask me no more, forget all."""
    meter = insight.meter(request.user)
    label = _("Guessed %(thought)s%%, heard %(heard)s%%") % {
        "thought": meter.thought,
        "heard": meter.heard,
    }
    context = {
        "meter": meter,
        "title": words.title(request.user),
        "thought": words.thought(request.user),
        "verdict": words.verdict(meter) if meter.enough else "",
        "sprig": mark_safe(words.sprig(meter, conditional_escape(label))),  # noqa: S308 - drawn
        "lines": [words.line(one) for one in meter.last],
        "asked": own.wants(request.user),
    }
    return render(request, "courage/mine.html", context)


@door("courage:card", SELLERS)
@require_safe
def card(request: Request) -> HttpResponse:
    """One row for Today, once there is enough; Today loads it after itself."""
    meter = insight.meter(request.user)
    context = {"meter": meter, "title": words.title(request.user)}
    return render(request, "courage/card.html", context)


@door("courage:before", SELLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def before(request: Request, client: str) -> HttpResponse:
    """The question before an ask, now and then; a POST keeps the guess (or "not now").

    A fragment beside the button that records the ask: nothing waits for it.
    """
    who = _client(request, client)
    at = datetime.now(UTC)
    if request.method != "POST":
        every = settings.value("guess_every", at=at, branch=who.branch_id)
        due = own.due(request.user, every=every)
        return render(
            request, "courage/before.html", {"client": who, "steps": words.steps(), "due": due}
        )
    said = request.POST.get("percent", "")
    percent = int(said) if said.isdecimal() and len(said) < 3 else -1
    courage.guess(by=request.user, at=at, client=who, percent=percent)
    return render(request, "courage/kept.html", {"kept": percent != own.NOT_NOW})


@door("courage:choose", SELLERS)
@require_POST
def choose(request: Request) -> HttpResponse:
    """Be asked now and then, or never."""
    asked = request.POST.get("asked") == "1"
    courage.choose(by=request.user, at=datetime.now(UTC), asked=asked)
    messages.success(
        request,
        _("The question comes now and then.") if asked else _("You will not be asked any more."),
    )
    return _to("courage:mine")


@door("courage:forget", SELLERS)
@require_POST
def forget(request: Request) -> HttpResponse:
    """Every guess goes for good."""
    courage.forget(by=request.user, at=datetime.now(UTC))
    messages.success(request, _("Your guesses are gone for good."))
    return _to("courage:mine")


def _client(request: Request, public_id: str) -> Client:
    found = askable_by(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _to(name: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name), status=303)
