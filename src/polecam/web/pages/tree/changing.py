"""Places are opened, renamed, moved and closed; what a move changes is shown before it is saved."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from polecam.actions import setup
from polecam.actions import tree as acts
from polecam.insights.tree_closing import what_stays
from polecam.insights.tree_moves import effects
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.organisation.queries import open_places
from polecam.organisation.rules import BELOW
from polecam.organisation.tree import today
from polecam.web.access import ADMINS, door
from polecam.web.pages.tree import forms, words
from polecam.web.pages.tree.places import found, mine
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

BOTH = ["GET", "HEAD", "POST"]


def to(name: str, *args: object) -> HttpResponseRedirect:
    """See other: after a POST."""
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def show(request: Request, template: str, form: Any, **context: object) -> HttpResponse:
    """The page with its form; 422 with everything typed when something is wrong."""
    status = 422 if form.errors else 200
    return render(request, template, context | {"form": form}, status=status)


@door("tree:open_top", ADMINS)
@require_http_methods(BOTH)
def open_top(request: Request) -> HttpResponse:
    """Open a region, or a branch directly below the firm."""
    return _open(request, None)


@door("tree:open", ADMINS)
@require_http_methods(BOTH)
def open_below(request: Request, place: str) -> HttpResponse:
    """Open a branch of a region, a team of a branch."""
    return _open(request, found(request, place))


def _open(request: Request, parent: Branch | None) -> HttpResponse:
    form = forms.Open(request.POST or None, parent=parent)
    if request.method == "POST" and form.is_valid():
        try:
            made = setup.open_branch(
                by=request.user, at=datetime.now(UTC), parent=parent, **form.cleaned_data
            )
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("It is open. You can invite people into it."))
            return to("tree:place", made.public_id)
    return show(request, "tree/open.html", form, parent=parent)


@door("tree:rename", ADMINS)
@require_http_methods(BOTH)
def rename(request: Request, place: str) -> HttpResponse:
    """Another name; whatever happened here stays."""
    here = found(request, place)
    form = forms.Rename(request.POST or None, initial={"name": here.name, "city": here.city})
    if request.method == "POST" and form.is_valid():
        try:
            acts.rename(by=request.user, at=datetime.now(UTC), branch=here, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return to("tree:place", here.public_id)
    return show(request, "tree/rename.html", form, place=here)


@door("tree:move", ADMINS)
@require_http_methods(BOTH)
def move(request: Request, place: str) -> HttpResponse:
    """First what would change, then the move itself."""
    here, at = found(request, place), datetime.now(UTC)
    now = today(at)
    parents = [one for one in open_places(mine(request), now) if one.level in BELOW[here.level]]
    form = forms.Move(
        request.POST or None, parents=parents, top=None in BELOW[here.level], initial={"on": now}
    )
    looks = None
    if request.method == "POST" and form.is_valid():
        if form.looked:
            try:
                acts.move(
                    by=request.user,
                    at=at,
                    branch=here,
                    parent=form.to,
                    on=form.day,
                    why=form.cleaned_data["why"],
                )
            except Refused as error:
                form.refuse(error)
            else:
                messages.success(request, _("Planned. What was stays as it was, in every sum."))
                return to("tree:place", here.public_id)
        elif form.day < now:
            form.refuse(Refused("move_in_past", field="on"))
        else:
            looks = effects(here, form.to, on=form.day, at=at)
    context: dict[str, Any] = {
        "place": here,
        "looks": looks,
        "nowhere": form.nowhere,
    }
    if looks is not None:
        context |= {
            "gain": [words.sight(one) for one in looks.gain],
            "lose": [words.sight(one) for one in looks.lose],
            "changes": words.changes(looks),
            "plans": words.plans(looks),
        }
    return show(request, "tree/move.html", form, **context)


@door("tree:stay", ADMINS)
@require_POST
def stay(request: Request, place: str) -> HttpResponse:
    """The move that is ahead does not happen."""
    here = found(request, place)
    try:
        acts.take_back(by=request.user, at=datetime.now(UTC), branch=here)
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, _("Taken back. The place stays where it is."))
    return to("tree:place", here.public_id)


@door("tree:close", ADMINS)
@require_http_methods(BOTH)
def close(request: Request, place: str) -> HttpResponse:
    """Close it from a day on; what is still there is listed."""
    here, at = found(request, place), datetime.now(UTC)
    now = today(at)
    form = forms.Close(request.POST or None, initial={"on": now})
    if request.method == "POST" and form.is_valid():
        try:
            acts.close(by=request.user, at=at, branch=here, on=form.cleaned_data["on"])
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, _("It closes on that day. Its past stays in every sum."))
            return to("tree:place", here.public_id)
    left = words.left(what_stays(here, on=now, at=at))
    return show(request, "tree/close.html", form, place=here, left=left)


@door("tree:keep", ADMINS)
@require_POST
def keep(request: Request, place: str) -> HttpResponse:
    """It goes on."""
    here = found(request, place)
    try:
        acts.keep_open(by=request.user, at=datetime.now(UTC), branch=here)
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, _("It is open."))
    return to("tree:place", here.public_id)
