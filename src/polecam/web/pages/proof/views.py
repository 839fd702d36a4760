"""The journal's seals: one a day, each carrying the one before."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from polecam.claims import papers
from polecam.journal import queries
from polecam.web.access import ANYONE, door
from polecam.web.pages.proof import keepers
from polecam.web.types import Request

PAGE = 30


@door("proof:seals", ANYONE)
def seals(request: Request) -> HttpResponse:
    """Every day that is sealed, newest first."""
    page = Paginator(queries.seals(), PAGE).get_page(request.GET.get("page"))
    newest = page.object_list[0] if page.number == 1 and page.object_list else None
    context = {
        "page": page,
        "newest": newest,
        "holding": papers.holding(newest.day) if newest else 0,
        **keepers.card(request),
    }
    return render(request, "proof/seals.html", context)


@door("proof:seal", ANYONE)
def seal(request: Request, day: str) -> HttpResponse:
    """One day's seal in full, to write down or to compare."""
    try:
        found = get_object_or_404(queries.seals(), day=date.fromisoformat(day))
    except ValueError:
        raise Http404 from None
    return render(request, "proof/seal.html", {"seal": found})
