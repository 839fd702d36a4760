"""Before and after: sums of sellers, who loses, when it pays back, what flows into the pool."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.insights.simulation_outcome import (
    AS_IT_WAS,
    PoolPreview,
    Spending,
    WhatIf,
    outcome,
    pays_back,
    per_sale,
)
from polecam.insights.simulation_terms import Measure

money = st.dictionaries(st.integers(1, 30), st.integers(0, 10**9), max_size=20)
percent = st.integers(0, 500)


@given(money, money)
def test_the_cost_is_the_sum_of_its_sellers(before, after):
    found = outcome(before, after)
    assert found.before == sum(before.values())
    assert found.after == sum(after.values())
    assert found.difference == sum(seller.gain for seller in found.sellers)
    assert {*found.gaining, *found.losing} <= {*found.sellers}
    assert not {*found.gaining} & {*found.losing}


@given(money)
def test_the_same_plan_makes_nobody_gain_or_lose(paid):
    found = outcome(paid, dict(paid))
    assert (found.gaining, found.losing, found.smallest_gain) == ((), (), None)


@given(money, money)
def test_the_smallest_gain_is_told_only_where_nobody_loses(before, after):
    found = outcome(before, after)
    if found.losing or not found.gaining:
        assert found.smallest_gain is None
    else:
        assert found.smallest_gain.gain == min(seller.gain for seller in found.gaining)


@given(st.builds(Measure, *[st.integers(0, 10**12)] * 3))
def test_a_hundred_percent_changes_nothing(measure):
    assert set(AS_IT_WAS.factors().values()) == {10_000}
    assert measure.scaled(10_000) == measure


@given(percent, percent, percent, percent)
def test_what_comes_later_follows_what_came_before(asks, consents, meetings, sales):
    factors = WhatIf(asks, consents, meetings, sales).factors()
    assert factors["consent"] == asks * consents
    exact = asks * consents * meetings * sales / 10_000
    assert abs(factors["sale"] - exact) <= 0.5
    assert factors["sale"] == factors["retained"]
    assert factors["coached"] == factors["complaint"] == 10_000


@pytest.mark.parametrize("wrong", [-1, 501, 10_000])
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="between 0 and 500"):
        WhatIf(asks=wrong)


@given(st.integers(1, 10**8), st.integers(0, 10**6), st.integers(0, 10**6))
def test_so_many_sales_pay_the_difference_and_one_less_does_not(more, otherwise, referral):
    found = pays_back(more, otherwise, referral)
    if otherwise <= referral:
        assert found.sales is None
    else:
        assert found.sales * found.saves_grosze >= more > (found.sales - 1) * found.saves_grosze


def test_the_mockups_sum():
    """16 959 zl for 23 sales, 2 104 zl more than before, 1 480 zl a client otherwise: 3 sales."""
    cost = per_sale(1_695_900, 230_000)
    assert cost == 73_735
    assert pays_back(210_400, 148_000, cost).sales == 3


def test_what_is_not_known_is_not_made_up():
    assert per_sale(100, 0) is None
    assert pays_back(100, None, 50) is None
    assert pays_back(100, 50, None) is None
    assert pays_back(-1, 100, 50).sales == 0


def test_a_pool_gets_its_part_of_what_was_saved_and_never_less_than_nothing():
    pool = PoolPreview(230_000, 23 * 148_000, 1_695_900, 100_000, 2_000)
    assert pool.saving.saved == 23 * 148_000 - 1_695_900 - 100_000
    assert pool.flows_grosze == 321_620
    assert PoolPreview(10_000, 100, 5_000, 0, 2_000).flows_grosze == 0


def test_a_budget_holds_up_to_its_last_grosz():
    assert (Spending(1, 499, 500).left, Spending(1, 499, 500).runs_out) == (1, False)
    assert (Spending(1, 500, 500).left, Spending(1, 500, 500).runs_out) == (0, True)
