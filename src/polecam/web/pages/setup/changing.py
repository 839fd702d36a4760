"""One setting of the firm or of a place: its history, its next value, and what that changes."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from polecam.actions import setting_rows, setup
from polecam.insights.setting_effects import effect
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_bounds
from polecam.organisation import settings as stored
from polecam.organisation.entering import judged
from polecam.organisation.models import Branch
from polecam.organisation.queries import history
from polecam.people.models import Person
from polecam.web.pages.setup import effects, forms, words
from polecam.web.pages.setup.answers import complain
from polecam.web.pages.setup.titles import TITLES
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of


def change(
    request: Request, key: str, place: Branch | None, *, done: str, page: dict[str, Any]
) -> HttpResponse:
    """First what a new value would change, then the value itself; `done`: where to go then."""
    if key not in TITLES or (place is not None and key in stored.FIRM_ONLY):
        raise Http404
    at = datetime.now(UTC)
    form = _form(request, key, place, at)
    looks = None
    if request.method == "POST" and form.is_valid():
        starts = _starts(form, at)
        if starts is not None:
            value, why = form.value, form.cleaned_data["why"]
            try:
                if form.looked:
                    setup.set_setting(
                        by=request.user,
                        at=at,
                        key=key,
                        value=value,
                        branch=place,
                        valid_from=starts,
                        why=why,
                    )
                    messages.success(request, _("Saved. The earlier value stays on record."))
                    return HttpResponseRedirect(done, status=303)
                judged(key, value, branch=place, starts=starts, at=at, why=why)
            except Refused as error:
                _beside(form, error)
            else:
                looks = effects.lines(
                    effect(key, value, place=place, starts=starts, at=at), starts, at
                )
    rows = list(history(key, place))
    authors = Person.objects.in_bulk([row.set_by_id for row in rows if row.set_by_id])
    context = {
        **page,
        "form": form,
        "looks": looks,
        "line": words.line(key, None),
        "title": words.title(key),
        "unit": words.unit(stored.KINDS[key]),
        "past": [
            (words.line(key, row, authors.get(row.set_by_id or 0)), row.pk, row.valid_from > at)
            for row in rows
        ],
    }
    return render(request, "setup/setting.html", context, status=422 if form.errors else 200)


def take_back(request: Request, key: str, place: Branch | None, number: int) -> None:
    """A value that is still ahead does not come. Raises Http404 for one that is not there."""
    row = history(key, place).filter(pk=number).first()
    if row is None:
        raise Http404
    try:
        setting_rows.take_back(by=request.user, at=datetime.now(UTC), row=row)
    except NotAllowed:
        raise
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, _("Taken back before its day. What holds now goes on."))


def _form(request: Request, key: str, place: Branch | None, at: datetime) -> forms.Change:
    kind = stored.KINDS[key]
    start: dict[str, object] = {"whose": forms.OWN}
    start["value"] = words.as_typed(kind, stored.value(key, at=at, branch=place))
    if place is None:
        return forms.Change(kind, request.POST or None, initial=start)
    above = words.shown(kind, stored.inherited(key, at=at, branch=place))
    said = _("what holds above: %(value)s") % {"value": above}
    return forms.ChangeHere(kind, request.POST or None, initial=start, above=said)


def _starts(form: forms.Change, at: datetime) -> datetime | None:
    """From when on it would hold; None: the form says what is wrong with the day."""
    day = form.cleaned_data["starts"]
    if day is None:
        return at
    begins, ends = day_bounds(day, stored.zone())
    if ends <= at:
        form.add_error("starts", _("Choose today or a later day."))
        return None
    return max(at, begins)


def _beside(form: forms.Change, error: Refused) -> None:
    if error.field == "valid_from":
        error.field = "starts"
    complain(form, error)
