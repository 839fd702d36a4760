"""Whom do you talk to today: an own client found, and a moment noted, in two taps."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polecam.actions import clients
from polecam.asking.budget import rests
from polecam.clients.models import Client
from polecam.clients.queries import askable_by, matching
from polecam.kit.periods import day_of
from polecam.web.access import SELLERS, door
from polecam.web.pages.today import why
from polecam.web.pages.today.views import own_client
from polecam.web.types import Request
from polecam.web.ui.firm import firm

FOUND = 12
AT_ONCE = 9
"""So many kinds are seen without a tap, the strongest ones; the others one fold away."""
BY_DATE = frozenset({"first_year", "review_due"})
"""These come by themselves (asking.dates); nobody taps them."""


@door("today:find", SELLERS)
@require_safe
def find(request: Request) -> HttpResponse:
    """Own clients by name; without a search, those added or changed last."""
    typed = request.GET.get("q", "").strip()[:80]
    rows = matching(askable_by(request.user), typed).select_related("party")
    order = ("party__name_key2", "id") if typed else ("-updated_at", "-id")
    found = list(rows.order_by(*order)[:FOUND])
    resting = rests(found, at=datetime.now(UTC), zone=firm().zone)
    context = {"typed": typed, "found": found, "resting": resting}
    return render(request, "today/find.html", context)


@door("today:moment", SELLERS)
def moment(request: Request, client: str) -> HttpResponse:
    """One tap on what happened; Today then knows why now."""
    who = own_client(request, client)
    if request.method != "POST":
        offered = [(k, n, why.icon_of(k)) for k, n in why.nouns().items() if k not in BY_DATE]
        context = {"client": who, "kinds": offered[:AT_ONCE], "others": offered[AT_ONCE:]}
        return render(request, "today/moment.html", context)
    kind = request.POST.get("kind", "")
    if kind not in why.nouns():
        raise Http404
    at = datetime.now(UTC)
    clients.note_moment(
        by=request.user,
        at=at,
        client=who,
        kind=kind,
        on=day_of(at, firm().zone),
        rating=10 if kind == "high_rating" else None,
    )
    messages.success(request, _said(who, at))
    response = HttpResponseRedirect(f"{reverse('today:today')}?c={who.public_id}")
    response.status_code = 303
    return response


def _said(client: Client, at: datetime) -> str:
    """Whether Today will speak of it, or it has to wait: a wrong moment comes first."""
    if rests([client], at=at, zone=firm().zone):
        return _("Noted. It waits: this client rests for now.")
    return _("Noted. Today shows what to say.")
