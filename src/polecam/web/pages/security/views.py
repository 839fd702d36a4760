"""My sign-in: what I prove myself with, and where I am signed in."""

from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from polecam.actions import arrivals
from polecam.organisation.settings import KINDS
from polecam.signin import queries
from polecam.signin.models import FactorKind
from polecam.signin.policy import IDLE
from polecam.store.sessions import key_of
from polecam.web import devices, presence
from polecam.web.access import ANYONE, door
from polecam.web.pages.security import forms
from polecam.web.pages.security.proving import freshly, to_prove
from polecam.web.types import Request


def back() -> HttpResponse:
    """To the page itself, as after every POST."""
    return HttpResponseRedirect(reverse("security:mine"), status=303)


def idle(request: Request) -> timedelta:
    """After how long without use this session, and the others, end by themselves."""
    hours = timedelta(hours=int(KINDS[IDLE].default or 0))
    said = request.session.get(presence.MARK, {}).get("idle")
    return timedelta(seconds=said) if said else hours


@door("security:mine", ANYONE)
def mine(request: Request) -> HttpResponse:
    """Apps, passkeys, spare codes, sessions; and until when a second step is to be set up."""
    at, person = datetime.now(UTC), request.user
    found = list(queries.factors(person))
    due = presence.due(request)
    context = {
        "apps": [factor for factor in found if factor.kind == FactorKind.TOTP],
        "passkeys": [factor for factor in found if factor.kind == FactorKind.PASSKEY],
        "codes_left": queries.codes_left(person) if found else None,
        "sessions": queries.open_sessions(person, at, idle(request)),
        "here": key_of(request.session),
        "due": due,
        "held_back": due is not None and at >= due,
        "form": forms.Passkey(initial={"name": devices.trace(request).device}),
    }
    return render(request, "security/mine.html", context)


@door("security:end", ANYONE)
@require_POST
def end(request: Request, session: str) -> HttpResponse:
    """Sign out somewhere else: soon after a proof, so that no thief shuts the person out."""
    own = queries.open_sessions(request.user, datetime.now(UTC), idle(request))
    found = get_object_or_404(own, public_id=session)
    first = to_prove(request)
    if first is not None:
        return first
    arrivals.end_one(by=request.user, at=datetime.now(UTC), session=found)
    messages.success(request, _("That session is over."))
    return back()


@door("security:end_others", ANYONE)
@require_POST
@freshly
def end_others(request: Request) -> HttpResponse:
    """Sign out everywhere but here."""
    arrivals.end_others(by=request.user, at=datetime.now(UTC), keep=key_of(request.session))
    messages.success(request, _("You are signed in here only."))
    return back()
