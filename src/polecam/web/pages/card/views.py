"""A client's own page, to look at: the card, the card on paper, the form of their words."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from polecam.actions import card_links
from polecam.actions.privacy import STAFF
from polecam.kit.errors import Refused
from polecam.organisation.secrecy import bank_secrecy
from polecam.referrals import cards
from polecam.referrals.models import Card
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited, link
from polecam.web.pages.capture import words
from polecam.web.pages.capture.words import from_client
from polecam.web.pages.card import passed_on, showing
from polecam.web.pages.card.doors import USES, back, of_card, page, said
from polecam.web.pages.card.forms import WordsForm
from polecam.web.pages.public.views import device
from polecam.web.ui.refusals import sentence_of

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@door("card:card", PUBLIC)
@require_safe
@of_card
def card(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """Everything in one page; looking at it records nothing. No pulse in an employee's browser."""
    context = showing.page(card, request.GET.get("link", ""), at=at)
    if device(request) == STAFF:
        context["pulse"] = ""
    return page(request, "card", card, **context)


@door("card:printed", PUBLIC)
@require_safe
@of_card
def printed(request: HttpRequest, card: Card, at: datetime, ref: str) -> HttpResponse:
    """One link on one sheet of paper."""
    found = _open(card, ref, at)
    secret = bank_secrecy(at=at, branch=card.branch_id)
    return page(
        request,
        "printed",
        card,
        200,
        invitation=found.invitation,
        from_client="" if secret else from_client(card.client.party),
        **passed_on.of_card(card, found.invitation, secret=secret),
    )


@door("card:words", PUBLIC)
@BOTH
@limited("card", USES, link)
@of_card
def own_words(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """The client's own text; untouched, it stays the house's. What was typed stays."""
    secret = bank_secrecy(at=at, branch=card.branch_id)
    text = passed_on.card_text(card, secret=secret)
    form = WordsForm(request.POST or None, initial={"words": text, "language": card.language})
    if request.method == "POST" and form.is_valid():
        typed, language = form.cleaned_data["words"].strip(), form.cleaned_data["language"]
        try:
            card_links.reword(
                card=card, at=at, words="" if _is_house(typed, card) else typed, language=language
            )
        except Refused as error:
            form.add_error("words" if error.field else None, sentence_of(error))
        else:
            said(request, lambda: None, _("Your words are saved. They go with each of your links."))
            return back(card)
    return page(request, "words", card, 422 if form.errors else 200, form=form)


def _open(card: Card, ref: str, at: datetime) -> cards.Link:
    for found in cards.shown(card, at=at):
        if found.open and found.invitation.public_id == ref:
            return found
    raise Http404


def _is_house(typed: str, card: Card) -> bool:
    plain = typed.replace("\u00a0", " ").strip()
    return any(
        plain == words.house_text(language, None, card.seller, secret=secret).replace("\u00a0", " ")
        for language in ("pl", "en")
        for secret in (False, True)
    )
