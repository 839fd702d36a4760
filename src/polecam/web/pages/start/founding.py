"""The steps that found a firm: who you are, what it is, its first branch."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings as installation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import start
from polecam.insights.start import founding
from polecam.kit.errors import Refused
from polecam.organisation import currencies
from polecam.organisation.models import Branch, Organisation
from polecam.people import links
from polecam.people.models import Person
from polecam.people.queries import founder
from polecam.signin.models import Way
from polecam.web.access import ANYONE, PUBLIC, door
from polecam.web.limits import limited
from polecam.web.pages.entry import arriving
from polecam.web.pages.entry.views import remember_language
from polecam.web.pages.setup.answers import complain, to
from polecam.web.pages.start import forms, lines, path
from polecam.web.types import Request
from polecam.web.ui.firm import forget


def answer(
    request: HttpRequest, template: str, step: str, form: Any, **context: object
) -> HttpResponse:
    """A founding step with its form; 422 with everything typed when something is wrong."""
    found = founding(founder() or _there(request))
    context |= {"form": form, "steps": path.steps(found, step)}
    return render(request, template, context, status=422 if form.errors else 200)


def _there(request: HttpRequest) -> Person | None:
    return request.user if request.user.is_authenticated else None


@door("start:begin", PUBLIC)
@limited("start", per=(30, 3600), methods=("GET", "POST"))
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, ref: str) -> HttpResponse:
    """The start link: whoever installed says who they are, and is in."""
    at = datetime.now(UTC)
    issued = links.start_issued(ref)
    if issued is None:
        raise Http404
    if Branch.objects.exists() or not links.start_is_open(issued, at):
        return _over(request)
    there = founder()
    if there is not None and there.pk == request.user.pk:
        return to("start:firm")
    begun = there is not None and there.created_at >= issued
    if begun and request.method == "GET":
        return render(request, "start/begun.html", {"steps": path.steps(founding(there), "you")})
    form = forms.You(request.POST or None, initial={"form": "n"})
    if request.method == "POST" and form.is_valid():
        language = translation.get_language() or "pl"
        try:
            person = start.introduce(
                at=at, issued_at=issued, language=language[:2], **form.cleaned_data
            )
        except Refused as error:
            if error.code == "start_over":
                return _over(request)
            complain(form, error)
        else:
            response = arriving.begin(
                request, person, way=Way.WELCOME, onward=reverse("start:firm")
            )
            remember_language(response, person.language)
            return response
    return answer(request, "start/you.html", "you", form, begun=begun, anew=there is not None)


def _over(request: HttpRequest) -> HttpResponse:
    stands = Branch.objects.exists()
    return render(request, "start/over.html", {"stands": stands}, status=410)


@door("start:firm", ANYONE)
@require_http_methods(["GET", "POST"])
def firm(request: Request) -> HttpResponse:
    """Name, language, money, zone and line of business, each with what comes along."""
    if _elsewhere(request) is not None:
        return _elsewhere(request)  # type: ignore[return-value]
    at = datetime.now(UTC)
    known = Organisation.objects.first()
    form = forms.Firm(request.POST or None, initial=_said(known, request))
    if request.method == "POST" and form.is_valid():
        try:
            start.found(by=request.user, at=at, **form.cleaned_data)
        except Refused as error:
            complain(form, error)
        else:
            forget()
            return to("start:branch")
    money = currencies.of(known.currency if known else "PLN")
    context = {"brings": lines.brings(at, money), "icons": lines.ICONS, "known": known}
    return answer(request, "start/firm.html", "firm", form, **context)


def _said(known: Organisation | None, request: Request) -> dict[str, str]:
    if known is not None:
        return {key: getattr(known, key) for key in forms.Firm.base_fields}
    return {
        "language": translation.get_language() or installation.LANGUAGE_CODE,
        "currency": "PLN",
        "zone": "Europe/Warsaw",
        "business": "bank",
    }


@door("start:branch", ANYONE)
@require_http_methods(["GET", "POST"])
def branch(request: Request) -> HttpResponse:
    """Open the first branch; from then on the firm stands."""
    if _elsewhere(request) is not None:
        return _elsewhere(request)  # type: ignore[return-value]
    if not Organisation.objects.exists():
        return to("start:firm")
    form = forms.Branch(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            start.open_first_branch(
                by=request.user,
                at=datetime.now(UTC),
                plan_name=_("Plan of the firm"),
                **form.cleaned_data,
            )
        except Refused as error:
            complain(form, error)
        else:
            return to("start:manager")
    return answer(request, "start/branch.html", "branch", form)


def _elsewhere(request: Request) -> HttpResponseRedirect | None:
    """Where whoever does not found the firm belongs: an admin to the steps left, others home."""
    there = founder()
    if there is not None and there.pk == request.user.pk:
        return None
    return redirect("start:overview") if there is None else redirect(reverse("entry:no_role"))
