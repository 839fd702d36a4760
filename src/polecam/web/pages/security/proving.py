"""Show once more who you are, before what you sign in with is changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import arrivals, proofs
from polecam.kit.errors import Refused
from polecam.signin import queries
from polecam.signin.models import FactorKind, Outcome, Way
from polecam.web import devices, presence
from polecam.web.access import ANYONE, door
from polecam.web.pages.entry import arriving, second, tries
from polecam.web.pages.entry import forms as entry_forms
from polecam.web.pages.security import forms
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

View = Callable[..., HttpResponse]


def to_prove(request: Request) -> HttpResponse | None:
    """Where to go first, if the last proof is too old; afterwards the way leads back here."""
    if presence.is_fresh(request, datetime.now(UTC)):
        return None
    onward = request.path if request.method == "GET" else reverse("security:mine")
    query = urlencode({"next": onward})
    return HttpResponseRedirect(f"{reverse('security:prove')}?{query}", status=303)


def freshly(view: View) -> View:
    """Only soon after a proof; else the person is asked for one."""

    @wraps(view)
    def guarded(request: Request, *args: object, **kwargs: object) -> HttpResponse:
        return to_prove(request) or view(request, *args, **kwargs)

    return guarded


@door("security:prove", ANYONE)
@require_http_methods(["GET", "POST"])
def prove(request: Request) -> HttpResponse:
    """By the password, or by a code of the app."""
    typed = request.POST or None
    by_code = typed is not None and "code" in typed
    password = forms.Password(None if by_code else typed)
    code = entry_forms.Code(typed if by_code else None)
    status = 200
    if typed is not None:
        wait = _by_code(request, code) if by_code else _by_password(request, password)
        form = code if by_code else password
        if form.is_valid():
            return _proved(request, strong=by_code)
        status = 429 if wait else 422
    kinds = set(queries.factors(request.user).values_list("kind", flat=True))
    context = {
        "password": password,
        "code": code,
        "has_password": request.user.has_usable_password(),
        "has_app": FactorKind.TOTP in kinds,
        "has_passkey": FactorKind.PASSKEY in kinds,
        "next": _onward(request),
    }
    return render(request, "security/prove.html", context, status=status)


@door("security:prove_passkey", ANYONE)
@require_POST
def by_passkey(request: Request) -> HttpResponse:
    """By a passkey of one's own."""
    at = datetime.now(UTC)
    buckets = [tries.from_here(request)]
    wait = tries.count(buckets, at)
    try:
        if wait is not None:
            raise Refused("code_wrong")
        proofs.take_passkey(
            by=request.user,
            at=at,
            answer=request.POST.get("answer", ""),
            challenge=presence.asked(request, "prove", at),
            trace=devices.trace(request),
        )
    except Refused as error:
        messages.error(request, wait.sentence if wait else sentence_of(error))
        query = urlencode({"next": _onward(request)})
        return HttpResponseRedirect(f"{reverse('security:prove')}?{query}", status=303)
    tries.was_right(buckets, at)
    return _proved(request, strong=True)


def _by_code(request: Request, form: entry_forms.Code) -> tries.Wait | None:
    return second.take(request, request.user, Way.TOTP, form) if form.is_valid() else None


def _by_password(request: Request, form: forms.Password) -> tries.Wait | None:
    if not form.is_valid():
        return None
    at, person = datetime.now(UTC), request.user
    buckets = [tries.as_somebody(person.email), tries.from_here(request)]
    wait = tries.count(buckets, at)
    if wait is not None:
        tries.note(request, wait, person, Way.PASSWORD, at)
        form.add_error(None, wait.sentence)
    elif person.check_password(form.cleaned_data["password"]):
        tries.was_right(buckets, at)
    else:
        arrivals.tried(
            at=at,
            person=person,
            way=Way.PASSWORD,
            outcome=Outcome.WRONG,
            trace=devices.trace(request),
        )
        form.add_error("password", _("This is not your password."))
    return wait


def _proved(request: Request, *, strong: bool) -> HttpResponse:
    arriving.rotate(request, request.user)
    presence.proved(request, datetime.now(UTC), strong=strong)
    return HttpResponseRedirect(_onward(request), status=303)


def _onward(request: Request) -> str:
    given = request.POST.get("next") or request.GET.get("next", "")
    return arriving.safe_next(request, given, reverse("security:mine"))
