"""Clients, and one of them; reading only (what is done for them stands in `acts` and `desk`)."""

from datetime import UTC, datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.clients import queries
from polecam.clients.models import Client
from polecam.people.permissions import Permission, standing
from polecam.web.access import SELLERS, door
from polecam.web.pages.clients import page, rows
from polecam.web.types import Request

ON_PAGE = 50
MINE, SHARED, BRANCH = "mine", "shared", "branch"


def found(request: Request, ref: str) -> Client:
    """The client with this public id, if the person may know of it. Raises Http404."""
    try:
        return queries.find(request.user, ref)
    except Client.DoesNotExist:
        raise Http404 from None


@door("clients:list", SELLERS)
@require_safe
def list_(request: Request) -> HttpResponse:
    """Own clients; `?show=shared`, for a manager also `?show=branch`; `?q=` by name only."""
    at = datetime.now(UTC)
    shows = [MINE, SHARED]
    if standing(request.user).branches(Permission.SEE_BRANCH_CLIENTS):
        shows.append(BRANCH)
    show = request.GET.get("show", MINE)
    show = show if show in shows else MINE
    typed = request.GET.get("q", "").strip()[:80]
    clients = queries.matching(queries.visible_to(request.user), typed)
    if show == MINE:
        clients = clients.filter(owner=request.user)
    elif show == SHARED:
        clients = clients.filter(shared=True)
    number = request.GET.get("page", "1")
    shown = Paginator(queries.listed(clients), ON_PAGE).get_page(number if number.isdigit() else 1)
    context = {
        "typed": typed,
        "show": show,
        "filters": rows.filters(shows, show, typed),
        "page": shown,
        "rows": rows.render([queries.Listed(*row) for row in shown], request.user, at=at),
        "total": shown.paginator.count,
    }
    return render(request, "clients/list.html", context)


@door("clients:one", SELLERS)
@require_safe
def one(request: Request, ref: str) -> HttpResponse:
    """One client: to the adviser all there is, to others name, adviser, and whether they rest."""
    client = found(request, ref)
    context = page.context(request.user, client, at=datetime.now(UTC))
    return render(request, "clients/one.html", context)
