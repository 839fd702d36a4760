"""The second step: a code, a spare code; and a passkey, which needs no first one."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import proofs
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.signin import passkeys, queries
from polecam.signin.models import FactorKind, Way
from polecam.web import devices, presence
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited
from polecam.web.pages.entry import arriving, forms, tries
from polecam.web.ui.refusals import sentence_of

TAKES = {Way.TOTP: proofs.take_code, Way.SPARE: proofs.take_spare}


@door("entry:second", PUBLIC)
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """A code of the app, after the password; or the passkey."""
    return _step(request, Way.TOTP, forms.Code, "entry/second.html")


@door("entry:spare", PUBLIC)
@require_http_methods(["GET", "POST"])
def spare(request: HttpRequest) -> HttpResponse:
    """A spare code instead."""
    return _step(request, Way.SPARE, forms.Spare, "entry/spare.html")


def _step(request: HttpRequest, way: Way, kind: type[forms.Code], template: str) -> HttpResponse:
    waits = arriving.waiting(request)
    if waits is None:
        return begin_again(request)
    person, onward = waits
    form = kind(request.POST or None)
    status = 200
    if request.method == "POST":
        wait, status = None, 422
        if form.is_valid():
            wait = take(request, person, way, form)
            if form.is_valid():
                arriving.let_in(request, person, way=way, strong=True)
                return HttpResponseRedirect(onward, status=303)
        if wait is not None:
            return wait.on(_shown(request, template, person, form, 429), datetime.now(UTC))
    return _shown(request, template, person, form, status)


def take(request: HttpRequest, person: Person, way: Way, form: forms.Code) -> tries.Wait | None:
    """Try the typed code; what is wrong stands in the form. A Wait where it was one too many."""
    at = datetime.now(UTC)
    buckets = [tries.codes_of(person), tries.from_here(request)]
    wait = tries.count(buckets, at)
    if wait is not None:
        tries.note(request, wait, person, way, at)
        form.add_error(None, wait.sentence)
        return wait
    try:
        TAKES[way](by=person, at=at, code=form.cleaned_data["code"], trace=devices.trace(request))
    except Refused as error:
        form.add_error("code", sentence_of(error))
    else:
        tries.was_right(buckets, at)
    return None


def _shown(
    request: HttpRequest, template: str, person: Person, form: forms.Code, status: int
) -> HttpResponse:
    kinds = set(queries.factors(person).values_list("kind", flat=True))
    context = {
        "form": form,
        "has_app": FactorKind.TOTP in kinds,
        "has_passkey": FactorKind.PASSKEY in kinds,
    }
    return render(request, template, context, status=status)


def begin_again(request: HttpRequest) -> HttpResponse:
    """The ten minutes are over, or nobody began."""
    if request.user.is_authenticated:
        return redirect("home")
    if request.session.pop(arriving.HALF, None):
        messages.info(request, _("Ten minutes have passed. Please begin once more."))
    return HttpResponseRedirect(reverse("entry:sign_in"), status=303)


# --- passkeys -------------------------------------------------------------------------------------


@door("entry:ask_passkey", PUBLIC)
@limited("ask-passkey", per=(60, 600))
@require_POST
def ask_passkey(request: HttpRequest) -> HttpResponse:
    """The question for the browser: the same for everybody, whoever they are."""
    question = passkeys.to_prove()
    presence.ask(request, "prove", question.challenge, datetime.now(UTC))
    return HttpResponse(question.options, content_type="application/json")


@door("entry:passkey", PUBLIC)
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in by a passkey: alone, or as the second step of whoever began."""
    at = datetime.now(UTC)
    waits = arriving.waiting(request)
    onward = arriving.safe_next(request, request.POST.get("next", ""))
    buckets = [tries.from_here(request)]
    wait = tries.count(buckets, at)
    if wait is not None:
        person = waits[0] if waits else None
        tries.note(request, wait, person, Way.PASSKEY, at)
        messages.error(request, wait.sentence)
        return _back(waits is not None)
    try:
        person = proofs.take_passkey(
            at=at,
            answer=request.POST.get("answer", ""),
            challenge=presence.asked(request, "prove", at),
            trace=devices.trace(request),
            by=waits[0] if waits else None,
        )
    except Refused as error:
        messages.error(request, sentence_of(error))
        return _back(waits is not None)
    tries.was_right(buckets, at)
    arriving.let_in(request, person, way=Way.PASSKEY, strong=True)
    return HttpResponseRedirect(waits[1] if waits else onward, status=303)


def _back(half: bool) -> HttpResponse:
    return HttpResponseRedirect(reverse("entry:second" if half else "entry:sign_in"), status=303)
