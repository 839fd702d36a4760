"""The data protection officer's pages: one person at a time, every look in the journal."""

import json

import pytest
from django.test import Client

from polecam.journal.models import Event
from polecam.parties.models import Party
from tests.privacy.friend import EMAIL, PHONE, capture, say_yes

SEARCH = {"who": "Piotr Nowak", "reason": "access"}


@pytest.fixture
def desk(irena) -> Client:
    """The officer's browser."""
    browser = Client()
    browser.force_login(irena)
    return browser


@pytest.fixture
def friend(anna, marta, at) -> Party:
    return say_yes(capture(anna, marta, at).invitation, at, channels=["phone", "email"]).party


@pytest.mark.parametrize("who", ["Piotr Nowak", "nowak piotr", "601 673 417", EMAIL.upper()])
def test_one_found_is_opened_and_noted(desk, friend, irena, who):
    answer = desk.post("/privacy/", SEARCH | {"who": who})
    assert (answer.status_code, answer["Location"]) == (303, f"/privacy/{friend.public_id}/")
    event = Event.objects.get(kind="party.viewed")
    assert (event.by_id, event.subject, event.data) == (
        irena.pk,
        friend.public_id,
        {"reason": "access"},
    )
    shown = desk.get(answer["Location"]).content.decode()
    assert PHONE in shown
    assert "Anna Kowalczyk" in shown, "the source"


@pytest.mark.parametrize("who", ["Piotr", "Nowak", "Piotr Now", "601 673", "piotr"])
def test_a_part_finds_nothing(desk, friend, who):
    assert desk.post("/privacy/", SEARCH | {"who": who}).status_code == 422
    assert not Event.objects.filter(kind="party.viewed").exists()


def test_without_a_reason_nothing_opens(desk, friend):
    assert desk.post("/privacy/", {"who": "Piotr Nowak"}).status_code == 422
    assert desk.post(f"/privacy/{friend.public_id}/open/", {"reason": "x"}).status_code == 409


def test_a_look_without_opening_is_sent_back(desk, friend, anna):
    for page in ("", "export/", "erase/"):
        answer = desk.get(f"/privacy/{friend.public_id}/{page}")
        assert (answer.status_code, answer["Location"]) == (303, "/privacy/")
    desk.post("/privacy/", SEARCH)
    other = desk.get(f"/privacy/{anna.party.public_id}/")
    assert other["Location"] == "/privacy/", "one person at a time"


def test_namesakes_are_chosen_one_by_one(desk, friend, branch, marta, at):
    from tests import cast

    cast.client(branch, marta, "Piotr", "Nowak", at=at)
    shown = desk.post("/privacy/", SEARCH)
    assert shown.status_code == 200
    assert len(shown.context["found"]) == 2
    assert not Event.objects.filter(kind="party.viewed").exists()
    desk.post(f"/privacy/{friend.public_id}/open/", {"reason": "access"})
    assert Event.objects.get(kind="party.viewed").subject == friend.public_id


def test_export_is_json_and_noted(desk, friend):
    desk.post("/privacy/", SEARCH)
    answer = desk.post(f"/privacy/{friend.public_id}/export/")
    told = json.loads(answer.content)
    assert told["parties"]["person"]["email"] == EMAIL
    assert {c["channel"] for c in told["privacy"]["consents"]} == {"phone", "email"}
    assert "Marta Zielinska" in told["privacy"]["consents"][0]["wording"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(kind="party.exported").count() == 1


def test_erasing_needs_a_second_thought(desk, friend):
    desk.post("/privacy/", SEARCH)
    page = f"/privacy/{friend.public_id}/erase/"
    assert desk.get(page).status_code == 200
    assert desk.post(page, {}).status_code == 422
    assert Party.objects.filter(erased_at=None, pk=friend.pk).exists()
    assert desk.post(page, {"sure": "on"}).status_code == 303
    friend.refresh_from_db()
    assert friend.erased_at is not None
    assert desk.get(f"/privacy/{friend.public_id}/").status_code == 303


@pytest.mark.parametrize("role", ["marta", "tomek", "ada", "pawel"])
def test_nobody_else_gets_in(request, role, friend):
    browser = Client()
    browser.force_login(request.getfixturevalue(role))
    for page in ("", f"{friend.public_id}/", f"{friend.public_id}/erase/"):
        assert browser.get(f"/privacy/{page}").status_code == 403
