"""Words for one client: in a talk, on the phone, or in a message with the client's own link."""

from datetime import UTC, datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import cards as client_cards
from polecam.asking.models import AskChannel, Script
from polecam.referrals.cards import card_url
from polecam.referrals.models import Card
from polecam.web.access import SELLERS, door
from polecam.web.pages.today import cards
from polecam.web.pages.today.views import own_client
from polecam.web.pages.words import labels, scene
from polecam.web.types import Request
from polecam.web.ui.format import language


@door("words:say", SELLERS)
@require_safe
def say(request: Request, client: str) -> HttpResponse:
    """The sentence for this moment and channel, the way out, the plan, and what jogs a memory."""
    at = datetime.now(UTC)
    found = scene.of(request, own_client(request, client), at)
    context = {
        "scene": found,
        "client": found.client,
        "said": found.said,
        "key": cards.new_key(),
        "channels": [
            (found.with_(channel="" if code == AskChannel.TALK else code, s=""), label, code)
            for code, label in labels.SHORT.items()
        ],
        "prompts": scene.prompts(),
        "again": found.with_(s=found.said.following) if found.said else "",
        "practice": f"{reverse('words:rehearse', args=[client])}?{found.query}",
    }
    if found.channel == AskChannel.MESSAGE:
        context |= _message(request, found, at)
    return render(request, "words/say.html", context)


def _message(request: Request, found: scene.Scene, at: datetime) -> dict[str, object]:
    """The whole text, once the client has a page of their own to be linked to."""
    card = Card.objects.filter(
        client=found.client, seller=request.user, revoked_at=None, expires_at__gt=at
    ).first()
    if card is None or found.said is None:
        return {"message": ""}
    script = Script.objects.get(public_id=found.said.script)
    text, exit_line = cards.sounds(script, found.client.party, card_url(card))
    return {"message": f"{text}\n{exit_line}"}


@door("words:link", SELLERS)
@require_POST
def link(request: Request, client: str) -> HttpResponse:
    """Open the client's page, so that the message has something to link to."""
    who, at = own_client(request, client), datetime.now(UTC)
    client_cards.open_card(by=request.user, at=at, client=who, language=language())
    back = scene.of(request, who, at).with_(channel=str(AskChannel.MESSAGE))
    return HttpResponseRedirect(f"{reverse('words:say', args=[client])}?{back}", status=303)
