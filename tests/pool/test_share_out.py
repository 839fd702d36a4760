"""The boss divides a pool by the rule of the plan: to the grosz, once, never more than it holds."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polecam.actions import coaching, engagements, pool
from polecam.bonuses.models import Account, LedgerTransaction, PoolPart, PoolPayout
from polecam.bonuses.pool import rules as pool_rules
from polecam.bonuses.verify import problems
from polecam.insights.pool_division import division
from polecam.kit.errors import NotAllowed, Refused
from polecam.store import clock
from tests.bonuses.support import balances
from tests.bonuses.test_engine import undone
from tests.cast import person
from tests.facts.support import DAY, SALE, confirmed, version_of
from tests.pool.support import FLOW, held, vest

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(anna, marta, kamil, tomek, branch, pooled, at):
    """A pool that holds what one sale brought."""
    confirmed(anna, marta, tomek, pooled, at - 31 * DAY)
    vest(at - DAY)
    return FLOW


def share(tomek, branch, at, amount, seen=None):
    return pool.share_out(
        by=tomek,
        at=at,
        branch=branch,
        amount_grosze=amount,
        seen_grosze=held(branch) if seen is None else seen,
    )


WEIGHTS = st.dictionaries(st.integers(1, 50), st.integers(0, 10_000), max_size=12)


@given(st.integers(1, 10**9), WEIGHTS)
def test_parts_sum_to_the_amount(amount, weights):
    parts = pool_rules.parts(amount, weights)
    total = sum(weights.values())
    assert sum(parts.values()) == (amount if total else 0)
    for who, part in parts.items():
        assert abs(part * total - amount * weights[who]) < total  # within one grosz
    assert pool_rules.parts(amount, dict(reversed(weights.items()))) == parts


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(0, 10**5), st.integers(0, 10_000))
def test_a_flow_is_never_below_zero_nor_above_what_was_saved(benchmark, bonuses, time, bp):
    saving = pool_rules.Saving(benchmark, bonuses, time)
    assert 0 <= saving.flow(bp) <= max(0, saving.saved)


def test_equal_parts_for_sellers_and_none_for_the_boss(full, marta, kamil, tomek, branch, at):
    payout = share(tomek, branch, at, full)
    parts = dict(PoolPart.objects.filter(payout=payout).values_list("person", "amount_grosze"))
    assert parts == {marta.pk: full // 2, kamil.pk: full - full // 2}
    assert balances(kamil) == {"expense": -parts[kamil.pk], "payable": parts[kamil.pk]}
    assert held(branch) == 0
    assert Account.objects.get(branch=branch, kind="expense").balance == 0
    assert LedgerTransaction.objects.filter(kind="share_out", person=kamil, branch=branch).count()
    assert list(problems()) == []


def test_by_part_of_full_time(anna, marta, kamil, tomek, ada, branch, benchmark, at):
    version = version_of(at, SALE, pool_bp=1_000, pool_rule="part_time")
    engagements.engage(
        by=None, at=at, person=kamil, kind="civil", full_time_bp=5_000, since=at.date() - 60 * DAY
    )
    confirmed(anna, marta, tomek, version, at - 31 * DAY)
    vest(at)
    share(tomek, branch, at, 900)
    assert balances(kamil)["payable"] == 300
    assert dict(PoolPart.objects.values_list("person", "weight")) == {
        marta.pk: 10_000,
        kamil.pk: 5_000,
    }


def test_by_help_given_since_the_payout_before(anna, marta, kamil, tomek, branch, benchmark, at):
    version = version_of(at, SALE, pool_bp=1_000, pool_rule="help")
    ola = person(branch, "seller", "Ola", "Pietrzak", "f", at=at)
    confirmed(anna, marta, tomek, version, at - 40 * DAY)
    with clock.injected():
        coaching.confirm(by=tomek, at=at - 39 * DAY, branch=branch, mentor=kamil, colleague=ola)
        vest(at - 5 * DAY)
        share(tomek, branch, at - 4 * DAY, 1_000)
        coaching.confirm(by=tomek, at=at - 3 * DAY, branch=branch, mentor=ola, colleague=marta)
        for other in (kamil, ola):
            coaching.confirm(
                by=tomek, at=at - 2 * DAY, branch=branch, mentor=marta, colleague=other
            )
    assert balances(kamil)["payable"] == 1_000
    rows = {
        row.person: (row.weight, row.amount_grosze) for row in division(branch.pk, 9, at=at).rows
    }
    assert rows == {marta: (2, 6), ola: (1, 3)}


def test_where_nobody_weighs_anything_it_stays(anna, marta, tomek, branch, benchmark, at):
    version = version_of(at, SALE, pool_bp=1_000, pool_rule="help")
    confirmed(anna, marta, tomek, version, at - 31 * DAY)
    vest(at)
    with pytest.raises(Refused, match="pool_nobody"):
        share(tomek, branch, at, 100)
    assert held(branch) == FLOW


def test_who_may_and_how_much(full, marta, ada, tomek, branch, at):
    for by in (marta, ada):
        with pytest.raises(NotAllowed):
            share(by, branch, at, 100)
    for amount in (0, -5, full + 1):
        with pytest.raises(Refused, match="pool_amount"):
            share(tomek, branch, at, amount)
    assert not PoolPayout.objects.exists()


def test_the_same_click_twice_divides_once(full, kamil, tomek, branch, at):
    share(tomek, branch, at, 100, seen=full)
    with pytest.raises(Refused, match="pool_changed"):
        share(tomek, branch, at, 100, seen=full)
    assert held(branch) == full - 100


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("sale"), st.integers(0, 1_500_000)),
        st.tuples(st.just("void"), st.integers(0, 5)),
        st.tuples(st.just("share"), st.integers(1, 10_000)),
    ),
    max_size=6,
)


@settings(suppress_health_check=list(HealthCheck), max_examples=8)
@given(STEPS)
def test_never_below_zero_and_always_flows_less_payouts(
    anna, marta, kamil, tomek, branch, pooled, at, steps
):
    """Sales, voids and payouts in any order (invariants 1, 2, 12, 13)."""
    from polecam.actions import sales

    with undone():
        sold = []
        for step, number in steps:
            if step == "sale":
                shares = {marta: 6_000, kamil: 4_000}
                sold.append(
                    confirmed(
                        anna, marta, tomek, pooled, at - 31 * DAY, margin=number, shares=shares
                    )
                )
                vest(at)
            elif step == "void" and number < len(sold):
                sales.void(by=tomek, at=at, sale=sold[number], reason="cancelled")
            elif step == "share" and held(branch):
                share(tomek, branch, at, max(1, held(branch) * number // 10_000))
            assert held(branch) >= 0
        assert list(problems()) == []
        for seller in (marta, kamil):
            assert sum(balances(seller).values()) == 0
        assert vest(at + timedelta(hours=1)) == 0
