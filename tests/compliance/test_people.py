"""Rows of docs/compliance.md about those who work here."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import asks, people, pulse_alerts, setup
from polecam.asking.models import Ask
from polecam.asking.queries import visible_to
from polecam.asking.rules import SKIP_DAYS, SkipReason
from polecam.claims.models import DisputeDecision
from polecam.insights.team import of_branch
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.people.rules import NOTICE_DAYS, may_be_named
from polecam.surveys.models import PulseAlert, SuggestionPause
from polecam.web.access import RULES
from tests.cast import ZONE, client, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def signed_in(who) -> Browser:
    browser = Browser()
    browser.force_login(who)
    return browser


def test_c21_a_human_decides(anna, marta, tomek, at):
    alert = PulseAlert.objects.create(
        branch=anna.branch, seller=marta, raised_at=at, answers=10, not_free=5
    )
    with pytest.raises(Refused):
        pulse_alerts.decide(by=tomek, at=at, alert=alert, decision="pause", why="Rozmowa jutro")
    assert not SuggestionPause.objects.exists(), "first a human looks"
    alert = pulse_alerts.look(by=tomek, at=at, alert=alert)
    pulse_alerts.decide(by=tomek, at=at, alert=alert, decision="pause", why="Rozmowa jutro")
    assert SuggestionPause.objects.get().decided_by == tomek
    decider = DisputeDecision._meta.get_field("decider")
    assert not decider.null, "no decision about money without a name"


def test_c22_two_weeks_notice(firm, branch, marta, kamil, tomek, ada, at):
    assert NOTICE_DAYS == 14
    early = at - 20 * DAY
    zone = ZONE
    on = (at - 13 * DAY).date()
    assert not may_be_named(on, at, at, zone), "thirteen days are too few"
    assert not may_be_named((at - 20 * DAY).date(), None, at, zone), "unread"
    setup.announce_monitoring(by=ada, at=early, on=early.date(), rule="Regulamin pracy, par. 14")
    people.acknowledge_notice(by=marta, at=at - DAY)
    for number, seller in enumerate((marta, kamil)):
        asked = client(branch, seller, "Ewa", "Lis", at=at)
        asks.record(by=seller, at=at, client=asked, key=f"k{number}")
    page = signed_in(tomek).get(reverse("branch:branch"))
    assert [row.person for row in page.context["names"].named] == [marta], "Kamil has not read it"


def test_c23_no_league_table(branch, marta, kamil, tomek, at):
    assert not {"standings", "ranking", "league"} & {name.partition(":")[0] for name in RULES}
    assert of_branch(marta, branch.pk, at, ZONE).asks is None, "no total below five people"
    assert marta.in_feed_since is None, "good news by consent only"


def test_c29_read_by_the_seller_alone(anna, marta, kamil, tomek, ada, irena, pawel, at):
    ask = asks.record(by=marta, at=at, client=anna, key="a")
    asks.answer(by=marta, at=at, ask=ask, outcome="declined")
    assert list(visible_to(marta)) == [ask]
    for other in (kamil, tomek, ada, irena, pawel):
        assert not visible_to(other).exists()
    assert "declined" not in str(list(Event.objects.values("data")))
    # guesses: tests/courage/test_alone.py asks every address as everybody


def test_c30_not_asking_is_valid(anna, marta, tomek, at):
    skipped = asks.skip(by=marta, at=at, client=anna, reason=SkipReason.NOT_COMFORTABLE)
    assert skipped.until > at.date()
    assert SkipReason.NOT_COMFORTABLE in SKIP_DAYS
    event = Event.objects.get(kind="ask.skipped")
    assert "comfortable" not in str(event.data), "the reason stays with the seller"
    page = signed_in(tomek).get(reverse("branch:branch")).content.decode()
    assert "comfortable" not in page
    assert not Ask.objects.exists(), "and no ask was spent"
    assert client(anna.branch, marta, "Ewa", "Lis", at=at).never_ask_at is None
    assert person(anna.branch, "seller", "Iga", "Bąk", "f", at=at).is_active
