"""What stands on a client's own page, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from polecam.actions.client_consents import CODES
from polecam.clients.models import Client, ClientConsent
from polecam.clients.queries import said_themselves
from polecam.kit import polish
from polecam.organisation.secrecy import bank_secrecy
from polecam.parties.models import Party
from polecam.parties.queries import reachable
from polecam.privacy import contact, wordings
from polecam.privacy.models import Wording
from polecam.referrals import cards
from polecam.referrals.models import Card
from polecam.surveys.links import pulse_url
from polecam.surveys.queries import open_pulse
from polecam.thanks.models import Reward
from polecam.thanks.queries import choices_for, chosen
from polecam.web.pages.capture.words import from_client
from polecam.web.pages.card import passed_on
from polecam.web.pages.card.forms import AnotherForm, MessagesForm
from polecam.web.pages.today.why import form_of
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm


@dataclass(frozen=True, slots=True)
class Row:
    """One link in the list of the card."""

    link: cards.Link
    said: str
    current: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """One consent that stands, with the sentence as it was read."""

    purpose: str
    channel: str
    sentence: str
    language: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """One way of thanks to choose from."""

    value: str
    title: str
    note: str
    icon: str
    tone: str
    picked: bool


SIDES = {
    "friend": ("users", "leaf"),
    "both": ("heart-handshake", "leaf"),
    "client": ("gift", "honey"),
    "charity": ("hand-heart", "poppy"),
    "none": ("leaf", "leaf"),
}


def page(card: Card, wanted: str, *, at: datetime) -> dict[str, Any]:
    """The whole page; `wanted` is the link to show in front, by its public id."""
    links = cards.shown(card, at=at)
    current = in_front(links, wanted)
    secret = bank_secrecy(at=at, branch=card.branch_id)
    context = {
        "greeting": greeting(card.client.party),
        "from_client": "" if secret else from_client(card.client.party),
        "links": rows(links, current),
        "current": current,
        "may_add": sum(link.open for link in links) < cards.MOST_LINKS and card.seller.is_active,
        "another": AnotherForm(),
        "never": card.client.never_ask_at is not None,
        "may_change": card.client.never_ask_at is not None and said_themselves(card.client),
        "pulse": pulse(card.client, at=at),
        "choices": choices(card.client, at=at),
        "terms": terms(),
        **messages_to(card.client),
    }
    if current is not None:
        context |= passed_on.of_card(card, current.invitation, secret=secret)
    return context


def in_front(links: list[cards.Link], wanted: str) -> cards.Link | None:
    """The open link asked for, else the newest open one."""
    there = [link for link in links if link.open]
    asked = [link for link in there if link.invitation.public_id == wanted]
    return next(iter(asked or there[-1:]), None)


def rows(links: list[cards.Link], current: cards.Link | None) -> list[Row]:
    """Open links, and older ones of which something may be told."""
    told = (cards.ANSWERED, cards.TALKED)
    return [
        Row(link, reached(link), current is not None and link.number == current.number)
        for link in links
        if link.open or link.reached in told
    ]


def reached(link: cards.Link) -> str:
    """How far a link has come, as far as somebody allowed it to be told."""
    return {
        cards.READY: _("Yours to pass on"),
        cards.PASSED: _("Passed on, as you noted"),
        cards.ANSWERED: _("They answered"),
        cards.TALKED: _("The talk took place"),
    }[link.reached]


def greeting(party: Party) -> str:
    """`Dziękujemy za dobre słowo, Pani Anno`; without the name where its form is not known."""
    form = form_of(party)
    name = party.first_name
    if fmt.language() == "pl":
        name = polish.address(name, form) if form in polish.POLITE else ""
    if not name:
        return _("Thank you for a good word")
    return _("Thank you for a good word, %(name)s") % {"name": name}


def pulse(client: Client, *, at: datetime) -> str:
    """The address of the one question about being asked, while it is open."""
    found = open_pulse(client, at)
    return pulse_url(found) if found else ""


def choices(client: Client, *, at: datetime) -> list[Choice]:
    """Ways of thanks the client may choose from; none where the firm gives no rewards."""
    offers = choices_for(client, at)
    if not offers:
        return []
    now = chosen(client)
    picked = choice_value(now.choice, now.reward) if now else ""
    made = []
    for offer in offers:
        value = choice_value(offer.choice, offer.reward)
        icon, tone = SIDES[offer.choice]
        made.append(
            Choice(
                value, side(offer.choice), reward_note(offer.reward), icon, tone, value == picked
            )
        )
    return made


def choice_value(choice: str, reward: Reward | None) -> str:
    """What the form sends for a choice."""
    return f"{choice}:{reward.public_id}" if reward else choice


def side(choice: str) -> str:
    """Whom the thanks are for."""
    return {
        "friend": _("For my friend"),
        "both": _("For both of us"),
        "client": _("For me"),
        "charity": _("For a good cause"),
        "none": _("Nothing, thank you"),
    }[choice]


def reward_note(reward: Reward | None) -> str:
    """`karta do księgarni, 50 zł`."""
    if reward is None:
        return _("A good word is enough.")
    title = reward.title_pl if fmt.language() == "pl" else reward.title_en
    return f"{title}, {fmt.zl(reward.value_grosze)}" if reward.value_grosze else title


def messages_to(client: Client, data: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Consents that stand, boxes for those that could; nothing without a known address.

    `data`: what was sent; only boxes that are offered count.
    """
    rows = ClientConsent.objects.filter(client=client, withdrawn_at=None)
    standing = list(rows.select_related("wording").order_by("id"))
    taken = {(row.purpose, row.channel) for row in standing}
    known = reachable(client.party)
    offered = {
        (purpose, channel): _filled(wordings.text(code, fmt.language()), client)
        for (purpose, channel), code in CODES.items()
        if known[channel] and (purpose, channel) not in taken
    }
    return {
        "agreed": [_agreed(row, client) for row in standing],
        "messages_form": MessagesForm(data, offered=offered) if offered else None,
        "address": contact.own_address(client.party),
    }


def _agreed(row: ClientConsent, client: Client) -> Agreed:
    language = row.wording.language if row.wording else fmt.language()
    if row.wording is not None:
        words = _filled(row.wording.text, client).partition("\n")[0]
    else:
        purpose = {"survey": _("a question about satisfaction"), "thanks": _("a thank-you")}
        words = _("Messages you agreed to elsewhere in the firm: %(purpose)s.") % {
            "purpose": purpose[row.purpose]
        }
    return Agreed(row.purpose, row.channel, fmt.tie(words), language, row.given_at)


def _filled(text: str, client: Client) -> str:
    return wordings.fill(text, firm=firm().name, branch=client.branch, seller=None)


def terms() -> dict[str, Any]:
    """Number and date of the terms of the programme."""
    version = wordings.VERSIONS["terms"]
    row = Wording.objects.filter(code="terms", version=version, language=fmt.language()).first()
    return {"version": version, "on": row.created_at if row else None}
