"""The client who passed a link on holds it, too: it does not tell them what was answered, or if."""

import re

import pytest
from django.test import Client

from polecam.actions import cards as card_acts
from polecam.actions import invitations, privacy
from polecam.referrals.links import client_path, friend_path
from tests.privacy.friend import answer, capture, say_yes

pytestmark = pytest.mark.django_db
KEY = re.compile(r'value="[^"]{15,}"')


def seen(path: str) -> tuple[int, str, str]:
    """What a look shows, without the form's random keys."""
    page = Client(headers={"accept-language": "pl"}).get(path)
    return page.status_code, page.headers.get("Location", ""), KEY.sub("", page.content.decode())


@pytest.fixture
def taken(anna, marta, plan, at):
    return invitations.take(invitation=capture(anna, marta, at, plan).invitation, at=at)


@pytest.fixture(params=["yes", "not confirmed yet", "no"])
def said(request, taken, at):
    """Does what the friend does."""
    return {
        "yes": lambda: say_yes(taken, at),
        "not confirmed yet": lambda: answer(taken, at),
        "no": lambda: privacy.decline(invitation=taken, at=at),
    }[request.param]


def test_the_friends_page_looks_the_same_before_and_after(taken, said):
    before = seen(friend_path(taken))
    assert "Anna Kowalczyk" in before[2]
    said()
    assert seen(friend_path(taken)) == before


def test_the_clients_link_leads_where_it_led(taken, said):
    before = seen(client_path(taken))
    assert before[0] == 302
    said()
    assert seen(client_path(taken)) == before


def test_where_it_opens_no_card_it_shows_the_same_words(taken, said, at):
    invitations.reword(
        by=taken.seller, at=at, invitation=taken, words="Piotrze, polecam", language="pl"
    )
    card_acts.close(card=taken.card, at=at)
    before = seen(client_path(taken))
    assert before[0] == 200
    assert "Piotr" not in before[2]
    said()
    assert seen(client_path(taken)) == before


def test_a_link_not_taken_yet_can_be_taken_after_a_no(anna, marta, plan, at):
    invitation = capture(anna, marta, at, plan).invitation
    before = seen(client_path(invitation))
    privacy.decline(invitation=invitation, at=at)
    assert seen(client_path(invitation)) == before
    assert Client().post(client_path(invitation)).headers["Location"].startswith("/card/")


def test_a_second_answer_is_refused_where_it_is_sent(taken, at):
    say_yes(taken, at)
    typed = {
        "channel": "phone", "first_name": "Ola", "last_name": "Żak", "phone": "602 111 222",
        "agree_phone": "on", "key": "b" * 15,
    }  # fmt: skip
    page = Client(headers={"accept-language": "pl"}).post(friend_path(taken), typed)
    assert page.status_code == 422
    assert "ma już odpowiedź" in page.content.decode()
    assert 'value="Żak"' in page.content.decode()
