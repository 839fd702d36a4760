"""The formulas of evidence.md: its own check, bounds, monotony; ranges and shrinkage."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from polecam.insights import evidence, intervals
from polecam.insights.estimate import PRIOR_YES

FEW = settings(max_examples=40, deadline=None)
shares = st.floats(0.01, 0.99)
money = st.floats(1, 10_000_000)


def test_the_check_of_evidence_md():
    """V 1,500 -> EV 56.25; t 9 min; cost 9 PLN; ROTI 5.25; 375 PLN/h (all in grosze here)."""
    value = evidence.expected_value(PRIOR_YES.mean, 1, 0.5, 0.25, 150_000)
    minutes = evidence.time_of_ask(3, PRIOR_YES.mean, 20)
    cost = evidence.cost_of_time(minutes, 6_000)
    assert value == pytest.approx(5_625)
    assert minutes == pytest.approx(9)
    assert cost == pytest.approx(900)
    assert evidence.roti(value, cost) == pytest.approx(5.25)
    assert evidence.per_hour(value, minutes) == pytest.approx(37_500)


def test_lifetime_value_of_the_defaults():
    assert evidence.clv(436_000, 0.8, 0.1) == pytest.approx(436_000 * 0.8 / 0.3)
    assert evidence.clv_referred(1_000, 1.16) == pytest.approx(1_160)
    with pytest.raises(ValueError, match="retention"):
        evidence.clv(1, 1.2, 0.1)


@FEW
@given(money, shares, shares, st.integers(1, 60))
def test_the_finite_value_grows_towards_the_closed_one(margin, retention, discount, years):
    shorter = evidence.clv_finite(margin, retention, discount, years)
    longer = evidence.clv_finite(margin, retention, discount, years + 1)
    closed = evidence.clv(margin, retention, discount)
    assert shorter < longer or math.isclose(shorter, longer, rel_tol=1e-9)
    assert longer <= closed * (1 + 1e-9)
    assert evidence.clv_finite(margin, retention, discount, 5_000) == pytest.approx(closed)


@FEW
@given(money, shares, shares, shares)
def test_value_rises_with_retention_and_falls_with_discount(margin, one, other, discount):
    assume(abs(one - other) > 1e-6)
    low, high = sorted((one, other))
    assert evidence.clv(margin, low, discount) < evidence.clv(margin, high, discount)
    assert evidence.clv(margin, discount, high) < evidence.clv(margin, discount, low)


@FEW
@given(st.integers(1, 500), shares, money, shares, money, money, st.integers(1, 20), shares)
def test_customer_referral_value(wins, p_inc, margin, retention, saved, reward, years, discount):
    """Kumar 2010: with p_inc 0 only the saving counts; a larger p_inc adds what they bring."""

    def crv(share):
        return evidence.crv(
            evidence.over_years(
                wins=wins, p_inc=share, margin=margin, retention=retention, reward=reward,
                saved=saved, years=years,
            ),
            discount,
        )  # fmt: skip

    anyway, because = crv(0), crv(1)
    assert anyway == pytest.approx(wins * saved / (1 + discount))
    lifetime = evidence.clv_finite(margin, retention, discount, years)
    net = wins * (lifetime - reward / (1 + discount))
    assert because - anyway == pytest.approx(net, rel=1e-6, abs=1e-3)
    between = sorted((anyway, because))
    assert between[0] - 1e-3 <= crv(p_inc) <= between[1] + 1e-3


def test_customer_referral_value_by_hand():
    """Two years, one client, half of whom would have come anyway; retention marketing counts."""
    years = [
        evidence.Referred(1, 1, 0.5, margin=100, reward=10, retention_marketing=5, saved=40),
        evidence.Referred(2, 1, 0.5, margin=80, retention_marketing=5),
    ]
    first = 0.5 * (100 - 10 - 5 + 40) + 0.5 * 40
    assert evidence.crv(years, 0.1) == pytest.approx(first / 1.1 + 0.5 * 75 / 1.21)


@FEW
@given(money, money, money, money, st.integers(1, 1_000), money)
def test_saving_is_what_it_would_have_cost_less_what_it_cost(
    rewards, bonuses, time, programme, wins, alternative
):
    by_win = evidence.cac_referral(
        rewards=rewards, bonuses=bonuses, time=time, programme=programme, wins=wins
    )
    saved = evidence.acquisition_saving(alternative, by_win, wins)
    spent = rewards + bonuses + time + programme
    assert saved == pytest.approx(alternative * wins - spent, rel=1e-6, abs=1e-2)


def test_what_has_no_answer_is_no_number():
    with pytest.raises(ValueError, match="win"):
        evidence.cac_referral(rewards=1, bonuses=1, time=1, programme=1, wins=0)
    with pytest.raises(ValueError, match="put in"):
        evidence.roti(1, 0)
    with pytest.raises(ValueError, match="time"):
        evidence.per_hour(1, 0)


@FEW
@given(shares, money, money, money)
def test_value_of_a_win(p_inc, referred, saved, bonus):
    """The saving counts in both cases, so V = p_inc CLV_referred + S - bonus."""
    found = evidence.value_per_win(p_inc=p_inc, referred=referred, saved=saved, bonus=bonus)
    assert found == pytest.approx(p_inc * referred + saved - bonus, rel=1e-9, abs=1e-3)


@FEW
@given(money, money, st.integers(0, 10_000), st.integers(1, 1_000))
def test_own_data_replace_the_default_by_weight(default, own, cases, more):
    low, high = sorted((default, own))
    found = intervals.shrunk(default, own, cases)
    assert low * (1 - 1e-9) <= found <= high * (1 + 1e-9)
    nearer = intervals.shrunk(default, own, cases + more)
    assert abs(nearer - own) <= abs(found - own) + 1e-6
    assert intervals.shrunk(default, own, 0) == pytest.approx(default)


@FEW
@given(st.lists(st.integers(0, 1_000_000), max_size=30), st.integers(1, 1_000_000))
def test_a_range_holds_its_estimate_and_never_dances(observed, default):
    draws = intervals.mean_draws(observed, default, draws=60)
    own = sum(observed) / len(observed) if observed else 0
    value = intervals.shrunk(default, own, len(observed))
    found = intervals.around(value, draws)
    assert found.low <= value <= found.high
    assert draws == intervals.mean_draws(observed, default, draws=60)


@pytest.mark.parametrize("sample", [[100, 300, 900], [0, 500], [436_000] * 4])
def test_more_data_narrow_the_range(sample):
    def width(times):
        own = sample * times
        value = intervals.shrunk(500, sum(own) / len(own), len(own))
        return intervals.around(value, intervals.mean_draws(own, 500)).width

    assert width(2) > width(20) > width(160)


def test_a_sum_of_few_is_less_sure_than_of_many():
    few = intervals.around(400, intervals.total_draws([400]))
    many = intervals.around(400, intervals.total_draws([4] * 100))
    assert few.width > many.width
    assert few.low == 0
    assert intervals.around(0, intervals.total_draws([])).exact
