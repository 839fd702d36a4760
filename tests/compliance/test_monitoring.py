"""What a named seller does reaches nobody before the notice, the two weeks and their own reading.

Marta asks a striking number of times and leads a friend of a striking name; every address is then
opened as everybody else, in each state short of the law, and once when all of it is met.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import people, setup
from polecam.asking.models import Ask
from polecam.people.models import Person
from polecam.referrals.models import Referral
from tests.privacy.friend import capture, say_yes
from tests.support.world import every_address

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MANY = 37
COUNTED = re.compile(
    rf"\b(?:{MANY}|{MANY + 1})\b[^0-9<]{{0,3}}(?:asks?|leaves|próśb|prośby|liści)", re.IGNORECASE
)
NAME = "Świętopełk"
STATES = {"nothing": None, "thirteen days": 13, "unread": 20}


@pytest.fixture
def busy(world, anna, marta, plan, at) -> Referral:
    """Many asks of this week by Marta, and a friend she leads."""
    for _number in range(MANY):
        Ask.objects.create(
            client=anna, seller=marta, branch=anna.branch, asked_at=at, outcome="open"
        )
    friend = {"first_name": NAME, "last_name": "Bąk", "phone": "+48602999111"}
    return say_yes(capture(anna, marta, at - DAY, plan, name=NAME).invitation, at - DAY, **friend)


def announced(days: int, ada, marta, at, *, read: bool) -> None:
    early = at - days * DAY
    setup.announce_monitoring(by=ada, at=early, on=early.date(), rule="Regulamin pracy, par. 14")
    if read:
        people.acknowledge_notice(by=marta, at=at - DAY)


def told(person: Person, friend: Referral) -> list[str]:
    """Addresses that tell this person of Marta's asks or of her friend: every overview there is,
    and the friend's own page."""
    browser = Browser(raise_request_exception=False)
    browser.force_login(person)
    found = []
    overviews = [name for name, at in every_address() if not at.pattern.converters]
    paths = {name: reverse(name) for name in overviews}
    paths["referrals:one"] = reverse("referrals:one", args=[friend.public_id])
    for name, path in paths.items():
        answer = browser.get(path)
        if answer.streaming or answer.status_code != 200:
            continue
        text = answer.content.decode(errors="replace")
        if COUNTED.search(text) or NAME in text or friend.public_id in text:
            found.append(name)
    return found


@pytest.mark.parametrize("state", STATES)
def test_the_boss_sees_no_named_activity_before_its_time(state, world, busy, marta, tomek, ada, at):
    if STATES[state]:
        announced(STATES[state], ada, marta, at, read=state != "unread")
    assert told(tomek, busy) == []


def test_nobody_else_does_either(busy, marta, kamil, ada, irena, pawel, at):
    announced(20, ada, marta, at, read=False)
    for other in (kamil, ada, irena, pawel):
        assert told(other, busy) == [], other.first_name


def test_then_the_boss_sees_what_was_announced(busy, marta, tomek, ada, at):
    announced(20, ada, marta, at, read=True)
    seen = told(tomek, busy)
    assert {"branch:branch", "referrals:one"} <= set(seen)


def test_every_seller_is_asked_to_read_it(firm, branch, marta, ada, at):
    announced(1, ada, marta, at, read=False)
    browser = Browser()
    browser.force_login(marta)
    assert browser.get(reverse("setup:read_notice")).status_code == 200
    browser.post(reverse("setup:read_notice"))
    marta.refresh_from_db()
    assert marta.notice_acknowledged_at is not None
    desk = Browser()
    desk.force_login(ada)
    assert "Marta" not in str(desk.get(reverse("setup:notice")).context["waiting"])
