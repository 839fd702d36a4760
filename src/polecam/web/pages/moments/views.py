"""The catalogue of moments: good and wrong ones per line of business, edited by the admin."""

from dataclasses import asdict
from datetime import UTC, datetime

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polecam.actions import moment_types
from polecam.asking import catalogue, kinds
from polecam.asking.models import DateRule, MomentType
from polecam.asking.named import Wanted
from polecam.insights.moment_effects import Effect, of_change
from polecam.kit.errors import NotAllowed, Refused
from polecam.store.crypto import keyed, same
from polecam.web.access import ADMINS, door
from polecam.web.pages.moments import forms, words
from polecam.web.types import Request
from polecam.web.ui.firm import firm
from polecam.web.ui.refusals import sentence_of

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@door("moments:list", ADMINS)
@require_safe
def overview(request: Request) -> HttpResponse:
    """Good and wrong moments of one line of business, the dates that make some, the ways in."""
    ours = firm().business
    chosen = request.GET.get("line", "")
    chosen = chosen if chosen in words.LINES else ours
    rows = list(MomentType.objects.order_by("order", "id"))
    titles = {row.code: words.title_of(row) for row in rows}
    rows = [row for row in rows if words.for_line(row.code, chosen)]
    context = {
        "lines": [
            (code, label, code == chosen, code == ours) for code, label in words.LINES.items()
        ],
        "foreign": chosen != ours,
        "good": [words.line(row) for row in sorted(rows, key=_strongest) if row.good],
        "wrong": [words.line(row) for row in rows if not row.good],
        "dates": [
            (rule, titles.get(rule.kind, rule.kind), words.counted(rule))
            for rule in DateRule.objects.order_by("id")
        ],
    }
    return render(request, "moments/list.html", context)


def _strongest(row: MomentType) -> tuple[bool, int, int]:
    return not row.used, -row.strength, row.order


@door("moments:new", ADMINS)
@BOTH
def new(request: Request) -> HttpResponse:
    """A good or wrong moment of the firm's own."""
    form = forms.NewKindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        good = form.cleaned_data["sign"] == "good"
        try:
            moment_types.add(by=request.user, at=datetime.now(UTC), good=good, wanted=form.wanted())
        except Refused as error:
            _complain(form, error)
        else:
            return _done(request, _("The moment is in the catalogue. Sellers find it at once."))
    status = 422 if form.errors else 200
    return render(request, "moments/new.html", {"form": form}, status=status)


@door("moments:one", ADMINS)
@BOTH
def one(request: Request, kind: str) -> HttpResponse:
    """One kind: changed after a look at what that does to today's lists."""
    row = get_object_or_404(MomentType, public_id=kind)
    form = forms.KindForm(request.POST or None, good=row.good, initial=forms.start_of(row))
    effect, seen = Effect(), ""
    if request.method == "POST" and form.is_valid():
        at, wanted = datetime.now(UTC), form.wanted()
        seen = keyed("moment-effect", row.public_id, asdict(wanted))
        effect = _effect(row, wanted, at)
        if not effect.any or same(seen, request.POST.get("seen", "")):
            try:
                moment_types.change(by=request.user, at=at, kind=row, wanted=wanted)
            except Refused as error:
                _complain(form, error)
            else:
                return _done(request, _("Saved. Today follows at once."))
    typed = form.data if form.is_bound else forms.start_of(row)
    context = {
        "form": form,
        "row": row,
        "title": words.title_of(row),
        "needed": row.code in catalogue.ALWAYS,
        "effect": effect if effect.any and not form.errors else None,
        "seen": seen,
        "samples": words.samples(
            row, str(typed.get("sentence_pl") or ""), str(typed.get("sentence_en") or "")
        )
        if row.good
        else [],
    }
    return render(request, "moments/one.html", context, status=422 if form.errors else 200)


def _effect(row: MomentType, wanted: Wanted, at: datetime) -> Effect:
    """Nothing to look at while only words change."""
    before = (row.days, row.strength, row.used)
    if not row.good or before == (wanted.days, wanted.strength, wanted.used):
        return Effect()
    return of_change(row.code, days=wanted.days, strength=wanted.strength, used=wanted.used, at=at)


@door("moments:take_back", ADMINS)
@require_POST
def take_back(request: Request, kind: str) -> HttpResponse:
    """One of the firm's own is taken back."""
    row = get_object_or_404(MomentType, public_id=kind)
    moment_types.take_back(by=request.user, at=datetime.now(UTC), kind=row)
    return _done(request, _("Taken back. What was noted stays with its clients."))


def _done(request: Request, said: str) -> HttpResponse:
    kinds.forget()
    messages.success(request, said)
    return HttpResponseRedirect(reverse("moments:list"), status=303)


def _complain(form: django_forms.Form, error: Refused) -> None:
    if isinstance(error, NotAllowed):
        raise error
    form.add_error(error.field if error.field in form.fields else None, sentence_of(error))
