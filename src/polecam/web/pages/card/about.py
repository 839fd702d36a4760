"""Everything about me: what is kept, to read and to take along, and what one may ask for."""

import json
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from polecam.actions import card_wishes, own_copy
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.organisation.settings import organisation
from polecam.privacy import notice
from polecam.referrals.models import Card
from polecam.web.access import PUBLIC, door
from polecam.web.pages.card.acts import act
from polecam.web.pages.card.doors import back, of_card, own_device, page
from polecam.web.pages.privacy.told import chapters
from polecam.web.ui import format as fmt
from polecam.web.ui.refusals import sentence_of


@door("card:about", PUBLIC)
@require_safe
@of_card
def about(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """What the house keeps about the client, as far as they may read it by a link.

    Not in a browser in which an employee is signed in: 409, as for what only the client may do.
    """
    own_device(request)
    asked = card_wishes.asked(card.client.party)
    context = {
        "chapters": chapters(own_copy.about(card, at=at)),
        "former": not own_copy.is_current(card),
        "asked": [(_asked(request.kind), request) for request in asked],
        "open_kinds": {request.kind for request in asked},
        "days": settings.value("request_days", at=at),
        "officer": organisation().privacy_contact or notice.officer_contact(),
    }
    return page(request, "about", card, **context)


@act("copy")
def copy(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """The same as a file: JSON."""
    own_device(request)
    told = own_copy.copied(card=card, at=at)
    response = HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=2), content_type="application/json"
    )
    response["Content-Disposition"] = 'attachment; filename="polecam.json"'
    return response


@act("ask")
def ask(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """An erasure, a whole copy, or a correction: the officer answers, by a day that is said."""
    try:
        own_device(request)
        made = card_wishes.ask_officer(client=card.client, kind=request.POST.get("kind", ""), at=at)
    except Refused as error:
        messages.error(request, sentence_of(error))
        return back(card, "about")
    words = _("Noted. The data protection officer answers by %(day)s.")
    messages.success(request, words % {"day": fmt.day(made.due_on)})
    return back(card, "about")


@act("object")
def objection(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """Nobody asks any more, and nothing is sent: at once."""
    card_wishes.objection(client=card.client, at=at)
    messages.success(request, _("Noted. Nobody asks you any more, and nothing is sent to you."))
    return back(card, "about")


def _asked(kind: str) -> str:
    return {
        "erase": _("You asked for your data to be erased"),
        "port": _("You asked for a whole copy of your data"),
        "rectify": _("You asked for something to be put right"),
        "access": _("You asked what is kept about you"),
        "object": _("You objected"),
    }[kind]
