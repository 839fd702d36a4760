"""QR codes on the seller's own screen: nothing about money or other clients stands beside them."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import invitations
from polecam.kit.polish_endings import Case
from polecam.referrals import links
from polecam.referrals.invitations import is_open
from polecam.web.access import SELLERS, door
from polecam.web.pages.capture import words
from polecam.web.pages.capture.access import client_of, invitation_of, person_of, see_other
from polecam.web.types import Request
from polecam.web.ui.format import language


@door("capture:qr", SELLERS)
@require_POST
def qr(request: Request, client: str) -> HttpResponse:
    """A reusable invitation for the client's own phone; shown twice, it is one."""
    made = invitations.make(
        by=person_of(request),
        at=datetime.now(UTC),
        client=client_of(request, client),
        shown_by_seller=True,
        language=language(),
    )
    return see_other(reverse("capture:show", args=[made.public_id]))


@door("capture:walk_in", SELLERS)
@require_POST
def walk_in(request: Request, client: str) -> HttpResponse:
    """Someone came by recommendation: they answer on their own phone, this one only shows."""
    made = invitations.make(
        by=person_of(request),
        at=datetime.now(UTC),
        client=client_of(request, client),
        reusable=False,
        walk_in=True,
        language=language(),
    )
    return see_other(reverse("capture:show", args=[made.public_id]))


@door("capture:show", SELLERS)
@require_safe
def show(request: Request, invitation: str) -> HttpResponse:
    """The code, one sentence, and a way back: a page that may be turned towards the client."""
    found = invitation_of(request, invitation)
    url = links.friend_url(found) if found.walk_in else links.client_url(found)
    context = {
        "invitation": found,
        "open": is_open(found, datetime.now(UTC)),
        "url": url,
        "name": words.polite_name(found.client.party, Case.GENITIVE),
    }
    return render(request, "capture/show.html", context)
