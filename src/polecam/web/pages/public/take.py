"""The client's take-along page: taken by their own act; opening it records nothing."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import clients, invitations
from polecam.kit.errors import Refused
from polecam.referrals import cards, links
from polecam.referrals.invitations import may_be_taken
from polecam.referrals.models import Invitation
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited, link
from polecam.web.pages.card import passed_on
from polecam.web.pages.public.views import moved


@door("public:take", PUBLIC)
@limited("take", (30, 3600), by=link)
def take(request: HttpRequest, token: str) -> HttpResponse:
    """One button; after it the client's own card, where this link is one of theirs. Twice is once.

    A link that is older than the card's own (it was renewed, or closed) still passes on its one
    invitation, and opens nothing else.
    """
    invitation = links.find(token, links.CLIENT)
    if invitation is None or invitation.walk_in:
        raise Http404
    at = datetime.now(UTC)
    if request.method == "POST":
        try:
            invitation = invitations.take(invitation=invitation, at=at)
        except Refused:
            return _page(request, token, invitation, at, status=409)
        return moved(_card(invitation, at) or reverse("public:take", args=[token]))
    card = _card(invitation, at) if invitation.taken_at is not None else ""
    if card and may_be_taken(invitation, at):
        return HttpResponseRedirect(card)
    return _page(request, token, invitation, at)


def _card(invitation: Invitation, at: datetime) -> str:
    """The address of the card with this link in front; "" where it may not be opened from here."""
    card = cards.leads_to(invitation, at=at)
    return f"{cards.card_path(card)}?link={invitation.public_id}" if card else ""


def _page(
    request: HttpRequest, token: str, invitation: Invitation, at: datetime, status: int = 200
) -> HttpResponse:
    if not may_be_taken(invitation, at):
        return render(request, "public/take_over.html", status=410 if status == 200 else status)
    context: dict[str, object] = {
        "invitation": invitation,
        "seller": invitation.seller,
        "token": token,
    }
    if invitation.taken_at is not None:
        context |= passed_on.alone(invitation)
        context["may_open_card"] = not cards.ended_since(invitation)
    return render(request, "public/take.html", context, status=status)


@door("public:never_ask", PUBLIC)
@limited("take", (30, 3600), by=link)
@require_POST
def never_ask(request: HttpRequest, token: str) -> HttpResponse:
    """ "Do not ask me any more": one tap, at once, without a reason."""
    invitation = links.find(token, links.CLIENT)
    if invitation is None or invitation.walk_in:
        raise Http404
    clients.never_ask(by=None, at=datetime.now(UTC), client=invitation.client)
    return moved(reverse("public:left_alone"))


@door("public:left_alone", PUBLIC)
@require_safe
def left_alone(request: HttpRequest) -> HttpResponse:
    """The word after it; the address names nobody."""
    return render(request, "public/take_never.html")
