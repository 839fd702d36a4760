"""Anna's card with Marta, with one link on it; a browser without a login."""

import pytest
from django.test import Client as Browser

from polecam.actions import cards as acts
from polecam.actions import invitations
from polecam.referrals import cards
from polecam.referrals.models import Card, Invitation
from tests.privacy.friend import invite


@pytest.fixture
def link(anna, marta, plan, at) -> Invitation:
    """A personal invitation that Anna took along: the first link of her card."""
    return invitations.take(invitation=invite(anna, marta, at, plan), at=at)


@pytest.fixture
def card(link) -> Card:
    return link.card


@pytest.fixture
def empty(anna, marta, at) -> Card:
    """A card that Marta gave, without any link yet."""
    return acts.open_card(by=marta, at=at, client=anna)


@pytest.fixture
def path(card) -> str:
    return cards.card_path(card)


@pytest.fixture
def visitor(db) -> Browser:
    return Browser(headers={"accept-language": "pl", "host": "localhost"})


@pytest.fixture
def known(anna) -> str:
    """The house knows an address of Anna's."""
    anna.party.set_email("anna.kowalczyk@poczta.example")
    anna.party.save()
    return "anna.kowalczyk@poczta.example"
