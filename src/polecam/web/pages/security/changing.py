"""Set up an app or a passkey, take one away, make new spare codes: soon after a proof only."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import factors
from polecam.kit.errors import Refused
from polecam.organisation.settings import organisation
from polecam.signin import passkeys, policy, queries
from polecam.signin.seeds import typed, uri
from polecam.web import devices, presence
from polecam.web.access import ANYONE, door
from polecam.web.limits import limited
from polecam.web.pages.security import forms
from polecam.web.pages.security.proving import freshly, to_prove
from polecam.web.pages.security.views import back
from polecam.web.types import Request
from polecam.web.ui.drawings import qr
from polecam.web.ui.refusals import sentence_of


@door("security:begin_app", ANYONE)
@limited("begin-app", per=(20, 3600))
@require_POST
@freshly
def begin_app(request: Request) -> HttpResponse:
    """A fresh seed; the next page shows it."""
    try:
        factor = factors.begin_app(by=request.user, at=datetime.now(UTC))
    except Refused as error:
        messages.error(request, sentence_of(error))
        return back()
    return HttpResponseRedirect(reverse("security:app", args=[factor.public_id]), status=303)


@door("security:app", ANYONE)
@limited("confirm-app", per=(30, 600))
@require_http_methods(["GET", "POST"])
def app(request: Request, factor: str) -> HttpResponse:
    """Scan or type the seed, then confirm it by the first code."""
    found = get_object_or_404(queries.begun(request.user), public_id=factor)
    first = to_prove(request)
    if first is not None:
        return first
    form = forms.App(request.POST or None, initial={"name": _("My telephone")})
    if request.method == "POST" and form.is_valid():
        try:
            codes = factors.confirm_app(
                by=request.user, at=datetime.now(UTC), factor=found, **form.cleaned_data
            )
        except Refused as error:
            form.add_error(error.field or None, sentence_of(error))
        else:
            return _added(request, codes)
    address = uri(found, organisation().name)
    context = {
        "form": form,
        "qr": qr(address, label=_("QR code for your authenticator app")),
        "secret": typed(found),
        "uri": address,
    }
    return render(request, "security/app.html", context, status=422 if form.errors else 200)


@door("security:ask_passkey", ANYONE)
@limited("ask-own-passkey", per=(60, 600))
@require_POST
@freshly
def ask_passkey(request: Request) -> HttpResponse:
    """The question for the browser that is to make a passkey."""
    question = passkeys.to_make(request.user, queries.passkeys(request.user))
    presence.ask(request, "make", question.challenge, datetime.now(UTC))
    return HttpResponse(question.options, content_type="application/json")


@door("security:add_passkey", ANYONE)
@require_POST
@freshly
def add_passkey(request: Request) -> HttpResponse:
    """The passkey it made."""
    at = datetime.now(UTC)
    try:
        codes = factors.add_passkey(
            by=request.user,
            at=at,
            answer=request.POST.get("answer", ""),
            challenge=presence.asked(request, "make", at),
            name=request.POST.get("name", "") or devices.trace(request).device,
        )
    except Refused as error:
        messages.error(request, sentence_of(error))
        return back()
    return _added(request, codes)


@door("security:remove", ANYONE)
@require_http_methods(["GET", "POST"])
def remove(request: Request, factor: str) -> HttpResponse:
    """Ask once, then take it away."""
    found = get_object_or_404(queries.factors(request.user), public_id=factor)
    first = to_prove(request)
    if first is not None:
        return first
    if request.method == "POST":
        factors.remove(by=request.user, at=datetime.now(UTC), factor=found)
        _look_again(request)
        messages.success(request, _("Removed. It opens nothing any more."))
        return back()
    last = queries.factors(request.user).count() == 1
    return render(request, "security/remove.html", {"factor": found, "last": last})


@door("security:codes", ANYONE)
@limited("spare-codes", per=(20, 3600))
@require_POST
@freshly
def codes(request: Request) -> HttpResponse:
    """Ten new ones, shown this once."""
    try:
        made = factors.make_codes(by=request.user, at=datetime.now(UTC))
    except Refused as error:
        messages.error(request, sentence_of(error))
        return back()
    return _shown(request, made)


def _added(request: Request, codes: list[str]) -> HttpResponse:
    _look_again(request)
    messages.success(request, _("Set up. It is asked for when you sign in next."))
    return _shown(request, codes) if codes else back()


def _shown(request: Request, codes: list[str]) -> HttpResponse:
    return render(request, "security/codes.html", {"codes": codes})


def _look_again(request: Request) -> None:
    """What the firm demands may be done now, or may be demanded again."""
    at = datetime.now(UTC)
    presence.again(request, policy.terms(request.user, at), at)
