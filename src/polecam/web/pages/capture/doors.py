"""The (+): record whatever happened, with a client found by name or taken from today's list."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.asking import budget
from polecam.clients.queries import askable_by, matching
from polecam.insights import reuse, today
from polecam.web.access import SELLERS, door
from polecam.web.pages.capture import words
from polecam.web.pages.capture.access import client_of, new_key, person_of
from polecam.web.pages.today.cards import language
from polecam.web.pages.today.views import branch_of
from polecam.web.pages.words import scene
from polecam.web.types import Request
from polecam.web.ui.firm import firm

FOUND = 12


@door("capture:new", SELLERS)
@require_safe
def new(request: Request) -> HttpResponse:
    """Find the client; without a search, today's people come first."""
    person = person_of(request)
    typed = request.GET.get("q", "").strip()[:80]
    if typed:
        rows = matching(askable_by(person), typed).select_related("party")
        found = list(rows.order_by("party__name_key2", "id")[:FOUND])
    else:
        page = today.for_(
            person,
            branch_of(person),
            at=datetime.now(UTC),
            zone=firm().zone,
            language=language(),
            business=firm().business,
        )
        found = [item.client for item in page.suggestions]
    return render(request, "capture/new.html", {"typed": typed, "found": found})


@door("capture:client", SELLERS)
@require_safe
def client(request: Request, client: str) -> HttpResponse:
    """What happened with this client: asked, recommended unasked, or someone came in person."""
    who = client_of(request, client)
    context = {
        "client": who,
        "name": words.polite_name(who.party),
        "key": new_key(),
        "rests": bool(budget.rests([who], at=datetime.now(UTC), zone=firm().zone)),
        "owners_part": reuse.ahead(person_of(request), who, at=datetime.now(UTC)),
        **scene.for_capture(request, who, datetime.now(UTC)),
    }
    return render(request, "capture/client.html", context)
