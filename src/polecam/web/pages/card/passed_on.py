"""What goes along with a link: the words, the address, and the ways to send both from a phone."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from polecam.organisation.secrecy import bank_secrecy
from polecam.referrals import links
from polecam.referrals.models import Card, Invitation
from polecam.web.pages.capture import words


def of_card(card: Card, invitation: Invitation, *, secret: bool) -> dict[str, object]:
    """For a link of a card: the client's own text, else the house's, never with a friend's name."""
    return _ready(invitation, card_text(card, secret=secret), card.language)


def card_text(card: Card, *, secret: bool) -> str:
    """The text that goes with each link of the card."""
    return card.words or words.house_text(card.language, None, card.seller, secret=secret)


def alone(invitation: Invitation) -> dict[str, object]:
    """For an invitation whose link opens no card: the house's words.

    Neither the friend's name nor words that may hold it: both go with a "no", which would tell it.
    """
    secret = bank_secrecy(at=datetime.now(UTC), branch=invitation.branch_id)
    text = words.house_text(invitation.language, None, invitation.seller, secret=secret)
    return _ready(invitation, text, invitation.language)


def _ready(invitation: Invitation, text: str, language: str) -> dict[str, object]:
    url = links.friend_url(invitation)
    return {
        "url": url,
        "text": text,
        "text_language": language,
        "whole": f"{text} {url}",
        "subject": _("A recommendation"),
    }
