"""One person or two? Both records side by side, three answers of equal weight, and a way back."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import matches
from polecam.insights import matches as pairs
from polecam.kit.errors import NotAllowed, Refused
from polecam.parties.models import Match, MatchState
from polecam.web.access import ADMINS, MANAGERS, door
from polecam.web.pages.matches import rows
from polecam.web.types import Request
from polecam.web.ui.refusals import sentence_of

JOINERS = MANAGERS | ADMINS
MOST, RECENT = 50, 10


def found(request: Request, ref: str) -> Match:
    """A pair that this person may look at. Raises Http404."""
    try:
        return pairs.find(request.user, ref)
    except Match.DoesNotExist:
        raise Http404 from None


@door("matches:list", JOINERS)
@require_safe
def list_(request: Request) -> HttpResponse:
    """What waits, the clearest first; below it recent answers, each with its way back."""
    reader, at = request.user, datetime.now(UTC)
    waiting = list(pairs.open_to(reader).select_related("one", "other")[: MOST + 1])
    joins = list(pairs.joins_visible_to(reader).select_related("kept", "merged", "by")[:RECENT])
    parted = list(
        pairs.parted_visible_to(reader).select_related("one", "other", "decided_by")[:RECENT]
    )
    people = [party for pair in (*waiting, *parted) for party in (pair.one, pair.other)]
    people += [party for join in joins for party in (join.kept, join.merged)]
    known = pairs.records(reader, people, at=at, stages=False)
    context = {
        "pairs": rows.of_pairs(waiting[:MOST], known),
        "more": len(waiting) > MOST,
        "joins": rows.of_joins(joins, known, reader),
        "parted": rows.of_parted(parted, known, reader),
    }
    return render(request, "matches/list.html", context)


@door("matches:pair", JOINERS)
@require_safe
def pair(request: Request, ref: str) -> HttpResponse:
    """One pair; an answered one leads back to the list."""
    match = found(request, ref)
    if match.state != MatchState.OPEN:
        return HttpResponseRedirect(reverse("matches:list"), status=303)
    at = datetime.now(UTC)
    known = pairs.records(request.user, [match.one, match.other], at=at)
    context = rows.context(match, known) | {"place": pairs.place_of(request.user, match)}
    return render(request, "matches/pair.html", context)


@door("matches:same", JOINERS)
@require_POST
def same(request: Request, ref: str) -> HttpResponse:
    """One person."""
    match = found(request, ref)
    later = pairs.place_of(request.user, match).later
    try:
        matches.one_person(by=request.user, at=datetime.now(UTC), match=match)
    except Refused as error:
        return refused(request, error)
    return on(request, later, _("Joined. Nothing was lost, and the list below can undo it."))


@door("matches:different", JOINERS)
@require_POST
def different(request: Request, ref: str) -> HttpResponse:
    """Two people."""
    match = found(request, ref)
    later = pairs.place_of(request.user, match).later
    try:
        matches.two_people(by=request.user, at=datetime.now(UTC), match=match)
    except Refused as error:
        return refused(request, error)
    return on(request, later, _("Two people. Nobody will be asked about them again."))


@door("matches:again", JOINERS)
@require_POST
def again(request: Request, ref: str) -> HttpResponse:
    """Take "two people" back."""
    match = found(request, ref)
    try:
        matches.ask_again(by=request.user, at=datetime.now(UTC), match=match)
    except Refused as error:
        return refused(request, error)
    return on(request, match.public_id, _("This pair waits once more."))


@door("matches:part", JOINERS)
@require_POST
def part(request: Request, join: str) -> HttpResponse:
    """Take "one person" back."""
    merge = pairs.joins_visible_to(request.user).filter(public_id=join).first()
    if merge is None:
        raise Http404
    try:
        matches.part(by=request.user, at=datetime.now(UTC), merge=merge)
    except Refused as error:
        return refused(request, error)
    return on(request, "", _("Two records again, as before."))


def on(request: Request, ref: str, said: str) -> HttpResponse:
    """To the next pair, or to the list when there is none."""
    messages.success(request, said)
    to = reverse("matches:pair", args=[ref]) if ref else reverse("matches:list")
    return HttpResponseRedirect(to, status=303)


def refused(request: Request, error: Refused) -> HttpResponse:
    """To the list with the reason; a missing permission is no mistake, it stays a 403."""
    if isinstance(error, NotAllowed):
        raise error
    messages.error(request, sentence_of(error))
    return HttpResponseRedirect(reverse("matches:list"), status=303)
