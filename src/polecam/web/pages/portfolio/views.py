"""Portfolios that move: what waits, a draft with its effect, how far it is, what became of it."""

from datetime import UTC, datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.claims.models import BulkHandoff, BulkItem, BulkState, BulkWhy
from polecam.insights import portfolio as reads
from polecam.people.models import Person
from polecam.web.access import ADMINS, MANAGERS, door
from polecam.web.pages.portfolio import forms, rows
from polecam.web.types import Request

RULE = MANAGERS | ADMINS
SHOWN, ON_PAGE = 30, 50
GOING = (BulkState.RUNNING, BulkState.UNDOING)


def found(request: Request, public_id: str) -> BulkHandoff:
    """The bulk hand-off with this public id, if the person divides portfolios there."""
    try:
        return reads.find(request.user, public_id)
    except BulkHandoff.DoesNotExist:
        raise Http404 from None


@door("portfolio:list", RULE)
@require_safe
def list_(request: Request) -> HttpResponse:
    """Who left something behind, and every division, the newest first."""
    at = datetime.now(UTC)
    behind = reads.left_behind(request.user, at=at)
    moves = list(
        reads.visible_to(request.user)
        .exclude(state=BulkState.DROPPED)
        .select_related("giver")
        .order_by("-made_at", "-id")[:SHOWN]
    )
    drafted = {bulk.giver_id for bulk in moves if bulk.state in (BulkState.DRAFT, *GOING)}
    people = Person.objects.in_bulk([one.person_id for one in behind]) if behind else {}
    waiting = [
        (people[one.person_id], rows.things(one.clients, one.led))
        for one in behind
        if one.person_id not in drafted
    ]
    return render(request, "portfolio/list.html", {"waiting": waiting, "moves": moves})


@door("portfolio:one", RULE)
@require_safe
def one(request: Request, bulk: str) -> HttpResponse:
    """A bulk hand-off where it is: preview, progress or result."""
    at = datetime.now(UTC)
    move = found(request, bulk)
    if move.state in GOING:
        return render(request, "portfolio/running.html", bar_of(move))
    if move.state == BulkState.DRAFT:
        return preview(request, move, at=at)
    return render(request, "portfolio/result.html", result_of(request, move, at=at))


def preview(
    request: Request, move: BulkHandoff, *, at: datetime, form: forms.Counts | None = None
) -> HttpResponse:
    """Who would get what, and what would become of the shares; with everything typed."""
    people = rows.people_of(move)
    parts = rows.shares(move, people)
    now = {part.person.pk: part.clients for part in parts if part.person}
    others = [person for person in people.values() if person.pk != move.giver_id]
    led, more = rows.led(move, request.user, people, at=at)
    items = BulkItem.objects.filter(bulk=move, client__isnull=False).select_related("receiver")
    number = request.GET.get("page", "1")
    page = Paginator(items.order_by("id"), ON_PAGE).get_page(number if number.isdigit() else 1)
    names = rows.names(move, request.user, list(page))
    context = {
        "move": move,
        "leaving": move.why == BulkWhy.LEAVING,
        "waits_for_end": move.why == BulkWhy.LEAVING and move.giver.is_active,
        "parts": parts,
        "total": rows.things(sum(p.clients for p in parts), sum(p.led for p in parts)),
        "clients": sum(p.clients for p in parts),
        "form": form or forms.Counts(people=others, now=now),
        "takers": others,
        "led": led,
        "more": more,
        "page": page,
        "named": [(names[i.client_id or 0], i.receiver) for i in page if i.client_id in names],
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "portfolio/preview.html", context, status=status)


def bar_of(move: BulkHandoff) -> dict[str, object]:
    """How far it is."""
    done = reads.progress(move)
    return {"move": move, "done": done.done, "whole": done.whole, "going": move.state in GOING}


def result_of(request: Request, move: BulkHandoff, *, at: datetime) -> dict[str, object]:
    """What has moved, what waits for a friend, what an undo left."""
    left, more = rows.left(move, request.user, at=at)
    return {
        "move": move,
        "leaving": move.why == BulkWhy.LEAVING,
        "parts": rows.shares(move, rows.people_of(move)),
        "progress": reads.progress(move),
        "awaited": rows.friends_awaited(move),
        "left": left,
        "more": more,
    }


@door("portfolio:progress", RULE)
@require_safe
def progress(request: Request, bulk: str) -> HttpResponse:
    """The bar alone, asked for every second."""
    return render(request, "portfolio/bar.html", bar_of(found(request, bulk)))
