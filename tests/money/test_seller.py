"""Confirmed, probable, possible: what is counted, and where."""

import pytest

from polecam.bonuses.queries import rates
from polecam.insights.expected import chances, of_referral
from polecam.insights.seller import my_money
from polecam.kit.periods import month_of, previous_month

pytestmark = pytest.mark.django_db
ZONE = "Europe/Warsaw"


@pytest.fixture
def now(at):
    return month_of(at, ZONE)


def money_of(person, at, now, month=None):
    return my_money(person, month or now, at=at, zone=ZONE, now=now)


def test_confirmed_is_what_the_ledger_says(month, marta, kamil, at, now):
    assert money_of(marta, at, now).view.earned == 3 * 5_000 + 56_000
    assert money_of(kamil, at, now).view.earned == 24_000


def test_probable_waits_for_someone_elses_word(month, marta, at, now):
    money = money_of(marta, at, now)
    assert [(one.kind, one.grosze) for one in money.probable] == [
        ("sale", 65_000),
        ("meeting", 4_000),
    ]


def test_possible_is_the_expected_value_of_what_is_open(month, marta, branch, plan, at, now):
    money = money_of(marta, at, now)
    likely = chances(branch.pk, at, ZONE)
    paid = rates(plan.pk)
    met = of_referral("meeting", paid, likely, met=True).grosze
    after_consent = of_referral("consented", paid, likely).grosze
    assert {group.state: (group.count, group.grosze) for group in money.possible} == {
        "consented": (1, after_consent),
        "meeting": (4, 4 * met),
    }


def test_another_month_has_no_guesses(month, marta, at, now):
    money = money_of(marta, at, now, previous_month(now))
    assert (money.probable, money.possible, money.lines) == ([], [], [])


def test_names_only_of_own_friends(month, marta, kamil, at, now):
    assert set(money_of(marta, at, now).names.values()) == {"Halina", "Dorota", "Robert", "Lena"}
    assert money_of(kamil, at, now).names == {}


def test_a_share_counts_only_by_its_part(month, kamil, at, now):
    money = money_of(kamil, at, now)
    assert (money.probable, money.possible) == ([], [])
    assert [line.amount_grosze for line in money.lines] == [24_000]


def test_queries_stay_few(month, marta, at, now, django_assert_max_num_queries):
    money_of(marta, at, now)  # rates are kept in the process
    with django_assert_max_num_queries(10):  # extras have one of their own
        money_of(marta, at, now)
