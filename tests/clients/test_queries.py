"""The page of one client asks the database little, also when there is something to say."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import asks, repairs
from polecam.clients.models import Touch
from tests.house.test_query_counts import MOST, count

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.sqlite
@pytest.mark.parametrize("what", ["new", "asked", "to put right"])
def test_the_page_of_an_own_client(what, anna, marta, kamil, at):
    if what == "asked":
        asks.record(by=marta, at=at - 3 * DAY, client=anna, key="a")
        Touch.objects.create(client=anna, kind="survey", at=at - DAY)
    if what == "to put right":
        repairs.begin(by=marta, at=at, client=anna, reason="annoyed")
    browser = Browser()
    browser.force_login(marta)
    number = count(browser, reverse("clients:one", args=[anna.public_id]))
    assert number is not None
    assert number <= MOST
