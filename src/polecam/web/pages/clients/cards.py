"""The adviser gives a client their card: as a QR, by a link; or ends the links given before."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import cards as acts
from polecam.kit.errors import Refused
from polecam.kit.polish_endings import Case
from polecam.referrals import cards
from polecam.web.access import SELLERS, door
from polecam.web.pages.capture import words
from polecam.web.pages.clients.acts import own
from polecam.web.pages.public.views import moved
from polecam.web.types import Request
from polecam.web.ui.format import language
from polecam.web.ui.refusals import sentence_of


@door("clients:card", SELLERS)
@require_safe
def card(request: Request, ref: str) -> HttpResponse:
    """The card as it may be shown: a QR, the share sheet, a copy; what stands on it is not here."""
    client = own(request, ref)
    found = cards.of_seller(request.user, client, at=datetime.now(UTC))
    context = {
        "client": client,
        "card": found,
        "url": cards.card_url(found) if found else "",
        "message": words.card_to_client(client.party),
        "name_genitive": words.polite_name(client.party, Case.GENITIVE),
        "name_dative": words.polite_name(client.party, Case.DATIVE),
    }
    return render(request, "clients/card.html", context)


@door("clients:card_open", SELLERS)
@require_POST
def card_open(request: Request, ref: str) -> HttpResponse:
    """The client gets a page of their own; given twice, it is one."""
    client = own(request, ref)
    acts.open_card(by=request.user, at=datetime.now(UTC), client=client, language=language())
    return moved(reverse("clients:card", args=[client.public_id]))


@door("clients:card_renew", SELLERS)
@require_POST
def card_renew(request: Request, ref: str) -> HttpResponse:
    """Links given before end at once; a new one stands here."""
    client, at = own(request, ref), datetime.now(UTC)
    found = cards.of_seller(request.user, client, at=at)
    if found is None:
        return moved(reverse("clients:card", args=[client.public_id]))
    try:
        acts.renew(by=request.user, at=at, card=found)
    except Refused as error:
        messages.error(request, sentence_of(error))
    else:
        messages.success(request, _("The older links are over. Here is the new one."))
    return moved(reverse("clients:card", args=[client.public_id]))
