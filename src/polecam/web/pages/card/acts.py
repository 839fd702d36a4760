"""What a client does on their own page; each view calls one action, looking changes nothing."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from polecam.actions import card_links, client_consents, clients, thanks_choice
from polecam.actions import cards as card_acts
from polecam.kit.errors import Refused
from polecam.referrals import cards
from polecam.referrals.models import Card, Invitation
from polecam.thanks.models import Reward
from polecam.web.access import PUBLIC, door
from polecam.web.limits import limited, link
from polecam.web.pages.card import showing
from polecam.web.pages.card.doors import USES, back, of_card, own_device, said
from polecam.web.pages.card.forms import AnotherForm
from polecam.web.pages.public.views import moved
from polecam.web.ui.format import language
from polecam.web.ui.refusals import sentence_of

View = Callable[..., HttpResponse]


def act(name: str) -> Callable[[View], View]:
    """The door of one act: POST only, limited by its link."""

    def decorate(view: View) -> View:
        limit = limited("card", USES, link)
        return door(f"card:{name}", PUBLIC)(require_POST(limit(of_card(view))))

    return decorate


@act("another")
def another(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """One more link, for one friend."""
    form = AnotherForm(request.POST)
    if not form.is_valid():
        return back(card)
    try:
        made = card_links.another(card=card, at=at, key=form.cleaned_data["key"])
    except Refused as error:
        messages.error(request, sentence_of(error))
        return back(card)
    messages.success(request, _("Here is one more link, for one friend."))
    return back(card, link=made)


@act("take_back")
def take_back(request: HttpRequest, card: Card, at: datetime, ref: str) -> HttpResponse:
    """A link is over from now on."""
    found = _own(card, ref)
    if found is not None:
        said(
            request,
            lambda: card_links.take_back(card=card, invitation=found, at=at),
            _("The link is taken back. Whoever opens it reads that it is over."),
        )
    return back(card)


@act("passed")
def passed(request: HttpRequest, card: Card, at: datetime, ref: str) -> HttpResponse:
    """The client's own note: somebody has this one."""
    found = _own(card, ref)
    if found is None:
        return back(card)
    given = request.POST.get("passed") == "yes"
    said(
        request,
        lambda: card_links.note_passed(card=card, invitation=found, passed=given, at=at),
        _("Noted, for you alone."),
    )
    return back(card, link=found)


@act("agree")
def agree(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """Messages the client wants: the ticked ones, and no other."""
    form = showing.messages_to(card.client, data=request.POST)["messages_form"]
    wanted = form.ticked() if form is not None and form.is_valid() else []
    if form is not None and wanted and not form.as_read():
        messages.error(request, sentence_of(Refused("words_changed")))
        return back(card)
    if not wanted:
        messages.error(request, _("Nothing was ticked, so nothing was changed."))
        return back(card)

    def give() -> None:
        own_device(request)
        for purpose, channel in wanted:
            client_consents.give(
                client=card.client,
                channel=channel,
                purpose=purpose,
                wording_code=client_consents.CODES[purpose, channel],
                source=client_consents.CARD,
                at=at,
                language=language(),
            )

    said(request, give, _("Thank you, noted. You take it back here with one button."))
    return back(card)


@act("withdraw")
def withdraw(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """One step back, at once."""
    client_consents.withdraw(
        client=card.client,
        at=at,
        channel=request.POST.get("channel", ""),
        purpose=request.POST.get("purpose", ""),
    )
    messages.success(request, _("Withdrawn. It holds from this moment."))
    return back(card)


@act("never")
def never(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """ "Do not ask me any more": one tap, at once, without a reason."""
    clients.never_ask(by=None, at=at, client=card.client)
    messages.success(request, _("Nobody here will ask you again. It holds at once, for everyone."))
    return back(card)


@act("again")
def again(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """The client takes that back."""

    def ask_again() -> None:
        own_device(request)
        clients.ask_again(by=None, client=card.client, at=at)

    said(request, ask_again, _("Noted. At a good time you may be asked again, rarely."))
    return back(card)


@act("thanks")
def thanks(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """How the client likes to be thanked."""
    choice, _colon, ident = request.POST.get("choice", "").partition(":")
    reward = Reward.objects.filter(public_id=ident).first() if ident else None

    def choose() -> None:
        if ident and reward is None:
            raise Refused("reward_gone", field="choice")
        thanks_choice.choose(client=card.client, choice=choice, reward=reward, at=at)

    said(request, choose, _("Your choice is noted. You may change it here."))
    return back(card)


@act("close")
def close(request: HttpRequest, card: Card, at: datetime) -> HttpResponse:
    """The page ends; its address leads nowhere from now on."""
    card_acts.close(card=card, at=at)
    return moved(reverse("card:closed"))


@door("card:closed", PUBLIC)
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """The word after it; the address names nobody."""
    return render(request, "card/closed.html")


def _own(card: Card, ref: str) -> Invitation | None:
    return cards.every_link(card).filter(public_id=ref).first()
