"""The boss's desk: sums of five people or more over closed months, names after the notice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import people, setup
from polecam.asking.models import Ask, MomentTally
from polecam.insights import branch as insights
from polecam.insights.parameters import Held, Parameters, in_force
from polecam.kit.periods import day_of
from polecam.organisation import settings as stored
from polecam.organisation.models import Branch
from polecam.referrals.models import StageTally
from polecam.web.pages.branch import cards
from tests.cast import person

pytestmark = pytest.mark.django_db
ZONE = "Europe/Warsaw"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def five(branch, marta, kamil, tomek, at):
    """Five people who ask."""
    more = [person(branch, "seller", name, "Lis", "n", at=at) for name in ("Ola", "Ewa")]
    return [marta, kamil, tomek, *more]


def month(branch, sellers, month, **stages) -> None:
    """A month in which each of `sellers` heard answers."""
    for seller in sellers:
        MomentTally.objects.create(
            branch=branch, seller=seller, kind="praise", month=month, asks=3, yes=1
        )
        StageTally.objects.create(
            branch=branch, seller=seller, month=month,
            **{"asks": 4, "referrals": 2, "consents": 1, **stages},
        )  # fmt: skip


def test_months_are_those_that_are_over_in_the_firms_zone():
    last_hour = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # 1 November in Warsaw
    assert insights.closed_months(last_hour, ZONE, 1) == ["2026-10"]
    assert insights.closed_months(NOW, ZONE, 3) == ["2026-08", "2026-09", "2026-10"]
    january = datetime(2027, 1, 5, tzinfo=UTC)
    assert insights.closed_months(january, ZONE, 2) == ["2026-11", "2026-12"]


def test_the_running_month_is_never_shown(branch, five):
    month(branch, five, "2026-11")
    found = insights.stages(branch.pk, NOW, ZONE, 12)
    assert not found.shown
    assert set(found.counts.values()) == {0}


def test_a_month_of_four_is_left_out_and_said(branch, five):
    month(branch, five, "2026-10")
    month(branch, five[:4], "2026-09")
    found = insights.stages(branch.pk, NOW, ZONE, 3)
    assert (found.months, found.left_out) == (("2026-10",), 1)
    assert found.counts == {"asks": 20, "referrals": 10, "consents": 5, "meetings": 0, "sales": 0}


def test_other_branches_do_not_count(branch, five, at):
    other = Branch.objects.create(name="Krowodrza", created_at=at)
    month(other, five, "2026-10")
    assert not insights.stages(branch.pk, NOW, ZONE, 12).shown


@given(st.dictionaries(st.sampled_from(["2026-08", "2026-09", "2026-10"]), st.integers(0, 5)))
def test_no_difference_of_two_periods_is_about_fewer_than_five(branch, five, heard):
    """Invariant 21: subtract the shorter period from the longer; what is left covers months of
    five people or more, or nothing."""
    MomentTally.objects.all().delete()
    StageTally.objects.all().delete()
    for name, people_heard in heard.items():
        month(branch, five[:people_heard], name)
    shorter = insights.stages(branch.pk, NOW, ZONE, 1)
    longer = insights.stages(branch.pk, NOW, ZONE, 3)
    between = set(longer.months) - set(shorter.months)
    assert all(heard[name] >= 5 for name in between)
    difference = longer.counts["referrals"] - shorter.counts["referrals"]
    assert difference == sum(2 * heard[name] for name in between)


def known(at, **own) -> Parameters:
    """Defaults, and what the firm entered."""
    found = in_force(at, business="bank")
    return Parameters(found.held | {key: Held(key, value) for key, value in own.items()})


def test_savings_follow_the_formula(branch, five):
    month(branch, five, "2026-10", asks=20, referrals=8, sales=5)
    found = insights.stages(branch.pk, NOW, ZONE, 1)
    saved = insights.savings(found, known(NOW, cost_of_client_grosze=148_000))
    assert saved.wins == 25
    assert saved.otherwise_grosze == 3_700_000
    assert saved.time_grosze == (100 * 3 + 40 * 20) * 100  # minutes at 60 zl an hour
    assert saved.saved_grosze == 3_700_000 - 110_000
    rows = cards.trace(saved)
    assert rows[-2].total


def test_no_savings_without_an_own_figure_or_a_win(branch, five):
    month(branch, five, "2026-10")
    found = insights.stages(branch.pk, NOW, ZONE, 1)
    assert insights.savings(found, known(NOW)) is None
    assert insights.savings(found, known(NOW, cost_of_client_grosze=148_000)) is None


def test_the_step_of_the_clients_answer_is_never_pointed_at(branch, five):
    month(branch, five, "2026-10", asks=40, referrals=2, consents=1, meetings=1, sales=1)
    found = insights.stages(branch.pk, NOW, ZONE, 1)
    assert cards.weakest(found) == "consents"


def test_names_wait_for_notice_and_acknowledgement(branch, five, anna, at):
    marta, kamil, *_others = five
    Ask.objects.create(client=anna, seller=marta, branch=branch, asked_at=at, outcome="declined")

    def names(on):
        told = stored.value("monitoring_notice", at=on)
        notice = datetime.fromisoformat(told).date() if told else None
        return insights.open_names(branch.pk, notice, on, ZONE, day_of(on, ZONE))

    assert (names(at).in_force, names(at).named) == (False, [])
    early = at - timedelta(days=20)
    setup.announce_monitoring(by=None, at=early, on=early.date(), rule="Regulamin")
    assert names(at).in_force
    assert names(at).named == []
    for reader in (marta, kamil):  # Kamil did not ask: nobody is told so
        people.acknowledge_notice(by=reader, at=at)
    found = names(at)
    assert [(n.person, n.asks) for n in found.named] == [(marta, 1)]
    assert (found.waiting, found.people) == (3, 5)


def test_the_desk_opens_and_the_own_card_comes_after(client, tomek, marta, branch):
    client.force_login(tomek)
    page = client.get(reverse("branch:branch"))
    assert page.status_code == 200
    assert reverse("branch:first") in page.content.decode()
    for period in ("month", "year", "nonsense"):
        assert client.get(reverse("branch:branch"), {"period": period}).status_code == 200
    first = client.get(reverse("branch:first"))
    assert first.status_code == 200
    assert b"<html" not in first.content
