"""A month that is over is filled up: once, never below zero, a guarantee first, then an advance."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polecam.actions import bonuses, engagements, topups
from polecam.bonuses.models import MonthTopUp, PlanVersion
from polecam.bonuses.topup_rules import fill, is_guaranteed
from polecam.bonuses.verify import problems
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.kit.periods import first_day, month_bounds, month_of, next_month, previous_month
from polecam.store import clock
from polecam.store.tx import action
from tests.bonuses.support import balances, referral_of
from tests.bonuses.test_engine import undone
from tests.cast import ZONE
from tests.facts.support import count, version_of

pytestmark = pytest.mark.django_db
MONEY = st.integers(0, 10**7)


@given(MONEY, MONEY, MONEY, st.integers(1, 10_000))
def test_filled_to_the_higher_of_both_and_never_below_zero(earned, guarantee, draw, factor_bp):
    filled = fill(earned, guarantee=guarantee, draw=draw, factor_bp=factor_bp)
    assert filled.guarantee >= 0
    assert filled.draw >= 0
    had = earned + filled.guarantee + filled.draw
    assert had == max(earned, filled.guarantee_target, filled.draw_target)


@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(0, 24), st.integers(0, 30))
def test_the_first_months_of_an_engagement(since, months, later):
    month = since.strftime("%Y-%m")
    for _ in range(later):
        month = next_month(month)
    assert is_guaranteed(month, since, months) is (months == 0 or later < months)
    if months:
        assert not is_guaranteed(previous_month(since.strftime("%Y-%m")), since, months)


@pytest.fixture
def last(firm, at) -> str:
    """The month that is over."""
    return previous_month(month_of(at, ZONE))


@pytest.fixture
def promising(firm, at) -> PlanVersion:
    """40 zł a meeting; 500 zł guaranteed, an advance up to 800 zł."""
    return version_of(at, count("meeting", 4_000), guarantee_grosze=50_000, draw_grosze=80_000)


def meets(client, seller, version, month):
    """A meeting in the middle of the month: 40 zł."""
    when = month_bounds(month, ZONE)[0] + timedelta(days=14)
    referral = referral_of(client, seller, version, when)
    with clock.injected(), action():
        bonuses.credit(kind="meeting", referral=referral, source=referral, at=when)


def fill_up(month, at):
    with clock.injected():
        return topups.fill_month(month=month, at=at)


def test_a_guarantee_is_a_bonus_and_a_draw_is_owed_back(anna, marta, promising, last, at):
    meets(anna, marta, promising, last)
    assert fill_up(last, at) == 2
    assert fill_up(last, at) == 0
    assert balances(marta) == {
        "expense": -50_000,
        "pending": 4_000,
        "payable": 76_000,
        "receivable": -30_000,
    }
    rows = dict(MonthTopUp.objects.values_list("kind", "amount_grosze"))
    assert rows == {"guarantee": 46_000, "draw": 30_000}
    told = Event.objects.filter(kind="month.filled").order_by("id")
    assert [event.data["grosze"] for event in told] == [46_000, 30_000]
    assert list(problems()) == []


def test_part_time_has_a_part_of_it(marta, promising, last, at):
    since = first_day(last) - timedelta(days=90)
    engagements.engage(
        by=None, at=at, person=marta, kind="employment", full_time_bp=5_000, since=since
    )
    fill_up(last, at)
    row = MonthTopUp.objects.get(kind="guarantee")
    assert (row.factor_bp, row.target_grosze, row.amount_grosze) == (5_000, 25_000, 25_000)


def test_only_in_the_first_months_and_never_without_an_engagement(marta, kamil, firm, last, at):
    version_of(at, count("meeting", 4_000), guarantee_grosze=50_000, guarantee_months=3)
    engagements.engage(by=None, at=at, person=marta, kind="b2b", since=first_day(last))
    assert fill_up(last, at) == 1  # kamil has been here for a year
    assert MonthTopUp.objects.get().person == marta
    first = first_day(last)
    engagements.end(by=None, at=at, person=marta, until=first + timedelta(days=1))
    with pytest.raises(Refused, match="month_runs"):
        fill_up(month_of(at, ZONE), at)


def test_a_break_begins_the_first_months_anew(marta, firm, last, at):
    old = first_day(last) - timedelta(days=300)
    engagements.engage(by=None, at=at, person=marta, kind="civil", since=old)
    engagements.engage(
        by=None, at=at, person=marta, kind="employment", since=old + timedelta(days=30)
    )
    assert topups.began(marta) == old
    engagements.end(by=None, at=at, person=marta, until=old + timedelta(days=60))
    engagements.engage(by=None, at=at, person=marta, kind="b2b", since=first_day(last))
    assert topups.began(marta) == first_day(last)


@settings(suppress_health_check=list(HealthCheck), max_examples=6)
@given(st.integers(0, 3), MONEY, MONEY)
def test_once_and_balanced_whatever_was_earned(
    anna, marta, firm, last, at, meetings, guarantee, draw
):
    with undone():
        version = version_of(
            at, count("meeting", 4_000), guarantee_grosze=guarantee, draw_grosze=draw
        )
        for _ in range(meetings):
            meets(anna, marta, version, last)
        fill_up(last, at)
        before = balances(marta)
        assert fill_up(last, at) == 0
        assert balances(marta) == before
        assert sum(before.values()) == 0
        assert before.get("payable", 0) >= 0
        assert before.get("receivable", 0) <= 0
        assert list(problems()) == []
