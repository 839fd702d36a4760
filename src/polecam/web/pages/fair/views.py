"""Fair: what waits for me, and the doors to hand-offs, shares, disputes, receipts, favours."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from polecam.people.permissions import standing
from polecam.web.access import ANYONE, door
from polecam.web.pages.fair.places import PLACES
from polecam.web.types import Request
from polecam.web.ui.context import address
from polecam.web.ui.waits import waiting as all_waiting


@door("fair:fair", ANYONE)
@require_safe
def fair(request: Request) -> HttpResponse:
    """What waits, then every place, each with one sentence about what it is for."""
    roles = set().union(*standing(request.user).roles.values(), set())
    places = [
        {"url": address(place.name), "label": place.label, "note": place.note, "icon": place.icon}
        for place in PLACES
        if roles & place.roles and address(place.name)
    ]
    waits = all_waiting(request.user, datetime.now(UTC))
    return render(request, "fair/fair.html", {"waits": waits, "places": places})


@door("fair:waiting", ANYONE)
@require_safe
def waiting(request: Request) -> HttpResponse:
    """The list alone: Today loads it after itself, so that it never makes Today slower."""
    waits = all_waiting(request.user, datetime.now(UTC))
    return render(request, "fair/waiting.html", {"waits": waits})
