"""The client's take-along page: taken by their own act; opening it records nothing."""

from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import clients, invitations
from polecam.kit.errors import Refused
from polecam.referrals import links
from polecam.referrals.invitations import is_open, referral_of
from polecam.referrals.models import Invitation
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited, link
from polecam.web.pages.capture import words


@door("public:take", PUBLIC)
@limited("take", (30, 3600), by=link)
def take(request: HttpRequest, token: str) -> HttpResponse:
    """One button; after it the ways to pass the invitation on. Twice is once."""
    invitation = links.find(token, links.CLIENT)
    if invitation is None or invitation.walk_in:
        raise Http404
    at = datetime.now(UTC)
    if request.method == "POST":
        try:
            invitations.take(invitation=invitation, at=at)
        except Refused:
            return _page(request, token, invitation, at, status=409)
        response = HttpResponseRedirect(reverse("public:take", args=[token]))
        response.status_code = 303
        return response
    return _page(request, token, invitation, at)


def _page(
    request: HttpRequest, token: str, invitation: Invitation, at: datetime, status: int = 200
) -> HttpResponse:
    if not is_open(invitation, at):
        return render(request, "public/take_over.html", status=410 if status == 200 else status)
    context: dict[str, object] = {
        "invitation": invitation,
        "seller": invitation.seller,
        "token": token,
    }
    if invitation.taken_at is not None:
        referral = referral_of(invitation)
        friend = referral.party if referral else None
        url = links.friend_url(invitation)
        text = words.invitation_text(invitation, friend, invitation.seller)
        context |= {
            "url": url,
            "text": text,
            "whole": f"{text} {url}",
            "subject": _("A recommendation"),
        }
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
    response = HttpResponseRedirect(reverse("public:left_alone"))
    response.status_code = 303
    return response


@door("public:left_alone", PUBLIC)
@require_safe
def left_alone(request: HttpRequest) -> HttpResponse:
    """The word after it; the address names nobody."""
    return render(request, "public/take_never.html")
