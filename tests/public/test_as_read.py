"""Agreed to is what was read: the same words in another language, or other words, are not."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from polecam.clients.models import ClientConsent
from polecam.privacy.models import Consent
from polecam.referrals import cards
from polecam.referrals.links import friend_path
from tests.privacy.friend import invite
from tests.public.test_invitation import YES

pytestmark = pytest.mark.django_db
READ = re.compile(r'name="read" value="([0-9a-f]{32})"')


def browser(language: str) -> Client:
    return Client(headers={"accept-language": language})


def read(page) -> str:
    return READ.search(page.content.decode())[1]


def test_read_in_one_language_is_not_agreed_to_in_another(anna, marta, at):
    path = friend_path(invite(anna, marta, at))
    seen = read(browser("pl").get(path))
    answer = browser("en").post(path, {**YES, "agree_email": "on", "read": seen})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Read them once more" in page
    assert 'value="Piotr"' in page, "what was typed stays"
    assert not re.search(r'type="checkbox"[^>]*checked', page), "and nothing is ticked for them"
    assert not Consent.objects.exists()
    assert browser("en").post(path, {**YES, "read": read(answer)}).status_code == 303
    assert Consent.objects.get().wording.language == "en"


def test_read_with_a_name_is_not_agreed_to_for_the_whole_branch(anna, marta, at):
    invitation = invite(anna, marta, at)
    path = friend_path(invitation)
    seen = read(browser("pl").get(path))
    invitation.expires_at = at - timedelta(minutes=1)
    invitation.save()
    assert browser("pl").post(path, {**YES, "read": seen}).status_code == 422
    assert not Consent.objects.exists()


def test_as_read_it_counts(anna, marta, at):
    path = friend_path(invite(anna, marta, at))
    page = browser("pl").get(path)
    assert browser("pl").post(path, {**YES, "read": read(page)}).status_code == 303
    assert Consent.objects.get().wording.language == "pl"


def test_the_same_holds_on_the_clients_card(anna, marta, at):
    from polecam.actions import cards as acts

    anna.party.set_email("anna@poczta.example")
    anna.party.save()
    path = cards.card_path(acts.open_card(by=marta, at=at, client=anna))
    sent = {"client_thanks_email": "on", "read": read(browser("pl").get(path))}
    browser("en").post(f"{path}agree/", sent)
    assert not ClientConsent.objects.exists()
    browser("pl").post(f"{path}agree/", sent)
    assert ClientConsent.objects.get().wording.language == "pl"


def test_a_name_turns_no_line_around(anna, marta, at):
    """Sellers read what a stranger typed."""
    path = friend_path(invite(anna, marta, at))
    turned = {**YES, "first_name": "\u202eP\u2066iotr\x07", "last_name": "\u200fNowak"}
    assert browser("pl").post(path, turned).status_code == 303
    assert Consent.objects.get().party.full_name == "Piotr Nowak"
    empty = browser("pl").post(path, {**YES, "key": "c" * 15, "first_name": "\u202e"})
    assert empty.status_code == 422
    assert list(empty.context["form"].errors) == ["first_name"]
