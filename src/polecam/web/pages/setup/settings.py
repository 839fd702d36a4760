"""Dated settings: what holds now, since when, by whom and why; and the next value."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from polecam.actions import setup
from polecam.kit.errors import Refused
from polecam.kit.periods import day_bounds
from polecam.organisation import settings as stored
from polecam.organisation.queries import history, in_force
from polecam.people.models import Person
from polecam.web.access import ADMINS, door
from polecam.web.pages.setup import forms, words
from polecam.web.pages.setup.answers import complain, show, to
from polecam.web.pages.setup.titles import TITLES
from polecam.web.types import Request


@door("setup:settings", ADMINS)
def overview(request: Request) -> HttpResponse:
    """Every setting with the value that holds now."""
    at = datetime.now(UTC)
    rows = in_force(at)
    groups = [
        (title, [words.line(key, rows.get(key)) for key in keys]) for title, keys in words.GROUPS
    ]
    return render(request, "setup/settings.html", {"groups": groups})


@door("setup:setting", ADMINS)
@require_http_methods(["GET", "POST"])
def setting(request: Request, key: str) -> HttpResponse:
    """One setting: its history, and a form for its next value."""
    if key not in TITLES:
        raise Http404
    at = datetime.now(UTC)
    rows = list(history(key))
    kind = stored.KINDS[key]
    now = next((row.value for row in rows if row.valid_from <= at), kind.default)
    start = {"value": words.as_typed(kind, now)}
    form = forms.Change(kind, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        starts = form.cleaned_data["starts"]
        zone = stored.organisation().zone
        valid_from = max(at, day_bounds(starts, zone)[0]) if starts else None
        if starts and day_bounds(starts, zone)[1] <= at:
            form.add_error("starts", _("Choose today or a later day."))
        else:
            try:
                setup.set_setting(
                    by=request.user,
                    at=at,
                    key=key,
                    value=form.value,
                    valid_from=valid_from,
                    why=form.cleaned_data["why"],
                )
            except Refused as error:
                complain(form, error)
            else:
                messages.success(request, _("Saved. The earlier value stays on record."))
                return to("setup:settings")
    authors = {p.pk: p for p in Person.objects.filter(pk__in=[r.set_by_id for r in rows])}
    past = [words.line(key, row, authors.get(row.set_by_id or 0)) for row in rows]
    context = {"line": words.line(key, None), "past": past, "title": words.title(key)}
    context["unit"] = words.unit(kind)
    return show(request, "setup/setting.html", form, **context)
