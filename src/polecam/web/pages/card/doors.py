"""The door of a client's own page: the link itself. Wrong, ended and expired ones look the same."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from polecam.actions.privacy import STAFF
from polecam.kit.errors import Refused
from polecam.referrals import cards
from polecam.referrals.models import Card, Invitation
from polecam.store.limits import count_hit
from polecam.web import errors
from polecam.web.limits import address
from polecam.web.pages.public.views import device, moved
from polecam.web.pages.today.why import form_of
from polecam.web.ui.refusals import sentence_of

USES = (60, 3600)
"""Changes that one link may make in an hour."""
MISSES, MISSES_IN = 30, 3600
"""Wrong links that one address may try in so many seconds."""

View = Callable[..., HttpResponse]


def of_card(view: View) -> View:
    """Hand the view the card of the link and the moment; else the calm page that names nobody."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        at = datetime.now(UTC)
        card = cards.find(token, at=at)
        if card is None:
            return over(request, at)
        return view(request, card, at, **kwargs)

    return opened


def over(request: HttpRequest, at: datetime) -> HttpResponse:
    """404 for whatever is no open card; after many from one address, 429."""
    if count_hit("card-miss", address(request), MISSES_IN, at=at) > MISSES:
        response = errors.page(request, 429)
        response["Retry-After"] = str(MISSES_IN)
        return response
    return render(request, "card/over.html", status=404)


def page(
    request: HttpRequest, template: str, card: Card, status: int = 200, /, **context: object
) -> HttpResponse:
    """A page of the card, in the client's own form."""
    given = {
        "card": card,
        "token": cards.ref(card),
        "seller": card.seller,
        "client_form": form_of(card.client.party),
    }
    return render(request, f"card/{template}.html", given | context, status=status)


def back(card: Card, name: str = "card", link: Invitation | None = None) -> HttpResponse:
    """303 to a page of the same card, with `link` in front."""
    path = reverse(f"card:{name}", args=[cards.ref(card)])
    return moved(f"{path}?link={link.public_id}" if link else path)


def said(request: HttpRequest, act: Callable[[], object], words: str) -> bool:
    """Do `act`, and say `words`, or the sentence of its refusal; whether it was done."""
    try:
        act()
    except Refused as error:
        messages.error(request, sentence_of(error))
        return False
    messages.success(request, words)
    return True


def own_device(request: HttpRequest) -> None:
    """What only the client may say: not from a browser in which an employee is signed in.

    Raises Refused("own_session").
    """
    if device(request) == STAFF:
        raise Refused("own_session")
