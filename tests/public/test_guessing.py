"""Links are guessed in vain, and whoever goes on guessing waits, whichever process answers."""

import pytest
from django.test import Client

from polecam.web import limits

pytestmark = pytest.mark.django_db
AREAS = ("/z/", "/k/", "/c/", "/f/")


@pytest.mark.parametrize("area", AREAS)
def test_whoever_goes_on_guessing_waits(monkeypatch, firm, area):
    monkeypatch.setattr(limits, "MISSES", (3, 3600))
    browser = Client()
    tried = [browser.get(f"{area}abc-{n}/") for n in range(5)]
    assert [answer.status_code for answer in tried] == [404, 404, 404, 429, 429]
    assert tried[-1]["Retry-After"] == "3600"
    assert browser.post(f"{area}abc-9/").status_code == 429, "posts are counted with the looks"


def test_another_address_does_not_wait_for_it(monkeypatch, firm):
    monkeypatch.setattr(limits, "MISSES", (1, 3600))
    browser = Client()
    assert [browser.get("/z/a-b/").status_code for _ in range(2)] == [404, 429]
    assert browser.get("/z/a-b/", REMOTE_ADDR="192.0.2.7").status_code == 404
