"""The pages of nightly files: set up, looked at, paused, closed; nothing typed is lost."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import feeds
from polecam.imports.models import Feed, ImportState
from tests.feeds.conftest import HEAD, rows, run

DAY = timedelta(days=1)


@pytest.fixture
def browser(ada):
    found = Browser()
    found.force_login(ada)
    return found


def address(feed, name="one"):
    return reverse(f"feeds:{name}", args=[feed.public_id])


def said(browser, feed) -> str:
    return browser.get(address(feed)).content.decode()


def test_set_up_looked_at_and_taken(browser, drop, branch, marta, at):
    drop(HEAD + rows(3))
    answer = browser.post(
        reverse("feeds:new"),
        {
            "name": "System centralny", "kind": "clients", "branch": branch.public_id,
            "source": "folder", "place": "clients-*.csv", "hour": "3", "share_bp": "2000",
        },
    )  # fmt: skip
    feed = Feed.objects.get()
    assert answer["Location"] == address(feed)
    assert "pierwsze pobranie za minutę" in said(browser, feed)
    first = run(feed, at)
    page = said(browser, feed)
    assert "Plik czeka na Ciebie" in page
    assert reverse("imports:one", args=[first.job.public_id]) in page
    assert browser.get(reverse("imports:one", args=[first.job.public_id])).status_code == 200
    assert browser.post(address(feed, "accept")).status_code == 303
    first.job.refresh_from_db()
    assert first.job.state == ImportState.QUEUED
    assert "Plik czeka na Ciebie" not in said(browser, feed)


def test_what_was_typed_stays(browser, folder, branch):
    answer = browser.post(
        reverse("feeds:new"),
        {
            "name": "Polisy", "kind": "clients", "branch": branch.public_id, "source": "https",
            "place": "http://crm.example/x.csv", "login": "Bearer 1", "hour": "5",
            "share_bp": "500",
        },
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "http://crm.example/x.csv" in page
    assert "Bearer 1" in page
    assert 'value="5" selected' in page
    assert not Feed.objects.exists()


def test_a_key_in_an_address_is_never_shown(browser, ada, branch, at):
    feed = feeds.make(
        by=ada, at=at, name="CRM", branch=branch, kind="clients", source="https",
        place="https://crm.example/clients.csv?key=tajne", login="Bearer tajniejsze",
    )  # fmt: skip
    for page in (said(browser, feed), browser.get(reverse("feeds:list")).content.decode()):
        assert "tajn" not in page
    assert "crm.example/clients.csv?…" in said(browser, feed)
    feed.refresh_from_db()
    assert "tajn" not in feed.place_sealed + feed.login_sealed


def test_changed_headings_are_named(browser, feed, drop, ada, at):
    drop(HEAD + rows(3))
    feeds.accept(by=ada, at=at, feed=feed, run=run(feed, at))
    drop("Nr klienta;Klient <b>;Telefon\nK1;Anna Nowak;601000001\n", "clients-2.csv")
    run(feed, at + DAY)
    page = said(browser, feed)
    assert "Brakuje: Imię i nazwisko" in page
    assert "Klient &lt;b&gt;" in page
    assert browser.post(address(feed, "leave")).status_code == 303
    assert "Plik pominięto" in said(browser, feed)


def test_paused_resumed_wanted_closed(browser, feed):
    for name, word in (
        ("pause", "wstrzymany"),
        ("resume", "pierwsze pobranie"),
        ("now", "w ciągu minuty"),
        ("close", "zamknięty"),
    ):
        assert browser.post(address(feed, name)).status_code == 303
        assert word in said(browser, feed)
    assert browser.post(address(feed, "now"), follow=True).content.decode().count("zamknięty") > 1


def test_nothing_waits(browser, feed):
    answer = browser.post(address(feed, "accept"), follow=True)
    assert "Żaden plik już nie czeka" in answer.content.decode()


def test_nobody_else_opens_it(feed, tomek, marta):
    for person in (tomek, marta):
        other = Browser()
        other.force_login(person)
        assert other.get(address(feed)).status_code == 403


def test_the_way_there(browser, branch):
    assert reverse("feeds:list") in browser.get(reverse("imports:list")).content.decode()


def test_in_english(browser, feed, drop, at):
    drop(HEAD + rows(3))
    run(feed, at)
    browser.cookies["language"] = "en"
    page = said(browser, feed)
    assert "A file waits for you" in page
    assert browser.get(reverse("feeds:new")).status_code == 200
