"""What more asks may bring: never less money, an honest range, and the way back from a goal."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polecam.bonuses.rates import Step, Term
from polecam.insights import estimate, whatif
from polecam.insights.estimate import Beta
from polecam.insights.own_rates import Asked, OwnRates, joined
from polecam.insights.whatif import MOST_ASKS, mean, outlook, poisson, way_to

FLAT = (
    Term("consent", "count", "flat", (Step(0, None, 1_000, 0),)),
    Term("meeting", "count", "flat", (Step(0, None, 4_000, 0),)),
    Term("sale", "margin", "flat", (Step(0, None, 0, 1_250),)),
)
BANDED = (
    Term(
        "meeting",
        "count",
        "marginal",
        (Step(0, 20_000, 4_000, 0), Step(20_000, None, 9_000, 0)),
        cap_grosze=60_000,
    ),
    Term("sale", "margin", "flat", (Step(0, None, 0, 1_250),), needs_kind="meeting", needs_least=2),
)
MINUTES = {"ask_minutes": 3, "follow_minutes": 20}
beta = st.builds(Beta, st.floats(0.5, 40), st.floats(0.5, 40))
rates = st.builds(
    OwnRates, yes=beta, referrals=st.floats(0.2, 3), consent=beta, meeting=beta, win=beta
)


@settings(max_examples=12, deadline=None)
@given(own=rates, terms=st.sampled_from([FLAT, BANDED]), asks=st.integers(1, 12))
def test_more_asks_never_bring_less_and_the_range_holds_the_middle(own, terms, asks):
    less, more = outlook(own, terms, asks), outlook(own, terms, asks + 1)
    assert less.low_grosze <= less.grosze <= less.high_grosze
    assert less.grosze <= more.grosze
    assert less.low_grosze <= more.low_grosze
    assert less.high_grosze <= more.high_grosze
    assert less.hours < more.hours


@settings(max_examples=12, deadline=None)
@given(own=rates, terms=st.sampled_from([FLAT, BANDED]), goal=st.integers(100, 300_000))
def test_a_goal_takes_the_fewest_asks_that_reach_it(own, terms, goal):
    way = way_to(own, terms, goal)
    if way.asks is None:
        assert mean(own, terms, MOST_ASKS) < goal
        return
    assert mean(own, terms, way.asks) >= goal
    assert way.asks == 1 or mean(own, terms, way.asks - 1) < goal
    assert way.low <= way.asks <= (way.high or MOST_ASKS)


def test_the_standard_plan_by_the_defaults():
    found = outlook(OwnRates(), FLAT, 5)
    friends = 5 * 52 / 12 * 0.3
    assert found.grosze == round(friends * 0.5 * (1_000 + 0.55 * (4_000 + 0.45 * 54_500)))
    assert found.low_grosze < found.grosze < found.high_grosze
    assert found.hours == pytest.approx(5 * (3 + 0.3 * 20 + 0.3 * 0.5 * 0.55 * 45) / 60)


def test_who_never_hears_a_yes_is_promised_nothing():
    own = OwnRates(yes=Beta(0.0, 60.0))
    found = outlook(own, FLAT, 8)
    assert (found.grosze, found.low_grosze, found.high_grosze) == (0, 0, 0)
    assert way_to(own, FLAT, 100).asks is None
    assert outlook(OwnRates(), (), 8).grosze == 0


def test_a_condition_and_a_cap_count():
    free = tuple(Term(t.kind, t.base, t.shape, t.steps) for t in BANDED)
    assert mean(OwnRates(), BANDED, 5) < mean(OwnRates(), free, 5)


def test_own_answers_take_over_without_a_jump():
    counts = {"referrals": 0, "consents": 0, "meetings": 0, "sales": 0, "margin": 0}
    start = joined(estimate.Chances(), Asked(), counts, MINUTES)
    assert start.yes.mean == pytest.approx(0.3)
    assert start.referrals == 1.0
    assert start.consent.mean == pytest.approx(0.5)
    before = start.yes.mean
    for asks in range(1, 60):
        now = joined(estimate.Chances(), Asked(asks, asks), counts, MINUTES).yes.mean
        assert 0 < now - before < 0.07
        before = now
    assert before > 0.85


def test_luck_counts_like_poisson():
    assert [poisson(2.0, luck) for luck in (0.05, 0.2, 0.5, 0.9, 0.999)] == [0, 1, 2, 4, 8]
    assert poisson(0.0, 0.99) == 0


def test_the_same_question_has_the_same_answer_and_is_quick():
    whatif.outlook.cache_clear()
    began = perf_counter()
    first = [outlook(OwnRates(), BANDED, asks) for asks in whatif.STOPS]
    assert perf_counter() - began < 2
    whatif.outlook.cache_clear()
    assert first == [outlook(OwnRates(), BANDED, asks) for asks in whatif.STOPS]
