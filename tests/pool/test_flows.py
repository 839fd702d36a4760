"""What a vested sale saved flows into the pool once, by the costs of then, and back with a void."""

from datetime import timedelta

import pytest

from polecam.actions import bonuses, pool, sales
from polecam.actions.setup import set_setting
from polecam.bonuses.models import Account, Line, PoolFlow
from polecam.bonuses.verify import problems
from polecam.store import clock
from tests.bonuses.support import balances
from tests.facts.support import DAY, SALE, confirmed, version_of
from tests.pool.support import BONUS, FLOW, TIME, flows, held, vest

pytestmark = pytest.mark.django_db


def test_a_tenth_of_what_was_saved(anna, marta, tomek, branch, pooled, at):
    confirmed(anna, marta, tomek, pooled, at - 31 * DAY)
    assert vest(at - 2 * DAY) == 0  # still held
    assert vest(at) == 1
    assert vest(at) == 0
    flow = PoolFlow.objects.get()
    assert (flow.benchmark_grosze, flow.bonuses_grosze, flow.time_grosze) == (148_000, BONUS, TIME)
    assert (flow.saved_grosze, flow.amount_grosze, flow.pool_bp) == (91_200, FLOW, 1_000)
    assert dict(Account.objects.filter(branch=branch).values_list("kind", "balance")) == {
        "expense": -FLOW,
        "pool": FLOW,
    }
    assert balances(marta) == {"expense": -BONUS, "payable": BONUS}
    assert list(problems()) == []


def test_by_the_costs_as_of_the_sale(anna, marta, tomek, branch, pooled, at):
    confirmed(anna, marta, tomek, pooled, at - 31 * DAY)
    with clock.injected():
        for key, value in (("cost_of_client_grosze", 9_000_000), ("hour_cost_grosze", 100)):
            set_setting(by=None, at=at - 5 * DAY, key=key, value=value, why="Nowy raport")
    vest(at)
    assert flows() == [FLOW]


def test_without_a_benchmark_or_a_part_for_the_pool_nothing_flows(
    anna, marta, tomek, branch, firm, at
):
    version = version_of(at, SALE, pool_bp=1_000)
    confirmed(anna, marta, tomek, version, at - 40 * DAY)
    assert vest(at) == 0
    with clock.injected():
        set_setting(by=None, at=at - DAY, key="cost_of_client_grosze", value=148_000, why="Raport")
    assert vest(at) == 0  # not known when it was sold
    assert flows() == []


def test_a_sale_that_cost_more_brings_nothing(anna, marta, tomek, branch, pooled, at):
    confirmed(anna, marta, tomek, pooled, at - 31 * DAY, margin=3_000_000)
    assert vest(at) == 1
    flow = PoolFlow.objects.get()
    assert (flow.saved_grosze < 0, flow.amount_grosze, flow.posting) == (True, 0, None)
    assert held(branch) == 0
    assert list(problems()) == []


def test_a_complaint_keeps_it_waiting(anna, marta, tomek, branch, pooled, at):
    sale = confirmed(anna, marta, tomek, pooled, at - 31 * DAY)
    with clock.injected():
        complaint = sales.record_complaint(by=tomek, at=at - DAY, sale=sale, ground="other")
        assert vest(at) == 0
        sales.decide_complaint(by=tomek, at=at, complaint=complaint, upheld=True, decision="Tak.")
    assert vest(at) == 0
    assert flows() == []


def test_taken_back_with_its_sale(anna, marta, tomek, branch, pooled, at):
    sale = confirmed(anna, marta, tomek, pooled, at - 31 * DAY)
    confirmed(anna, marta, tomek, pooled, at - 31 * DAY)
    vest(at)
    sales.void(by=tomek, at=at, sale=sale, reason="cancelled")
    first, second = PoolFlow.objects.order_by("id")
    assert (first.back_grosze, second.back_grosze) == (FLOW, None)
    assert held(branch) == FLOW
    assert vest(at) == 0
    assert list(problems()) == []


def test_what_was_paid_out_is_not_taken_back(anna, marta, kamil, tomek, branch, pooled, at):
    sale = confirmed(anna, marta, tomek, pooled, at - 31 * DAY)
    vest(at)
    pool.share_out(by=tomek, at=at, branch=branch, amount_grosze=FLOW - 100, seen_grosze=FLOW)
    sales.void(by=tomek, at=at, sale=sale, reason="cancelled")
    assert PoolFlow.objects.get().back_grosze == 100
    assert held(branch) == 0
    assert list(problems()) == []


def leaves(person, at):
    person.memberships.update(until=at)
    person.is_active = False
    person.save(update_fields=["is_active"])


def test_a_leavers_part_goes_to_the_pool(anna, marta, kamil, tomek, branch, benchmark, at):
    version = version_of(at, SALE, leaver="pool")
    leaves(marta, at - 50 * DAY)
    sale = confirmed(
        anna, kamil, tomek, version, at - 31 * DAY, shares={marta: 3_000, kamil: 7_000}
    )
    vest(at)
    gone = BONUS * 3 // 10
    assert balances(marta) == {}
    assert balances(kamil) == {"expense": gone - BONUS, "payable": BONUS - gone}
    assert held(branch) == gone
    line = Line.objects.get(person=marta)
    assert (line.state, line.amount_grosze) == ("pooled", gone)
    assert PoolFlow.objects.get().kind == "left"
    assert list(problems()) == []
    sales.void(by=tomek, at=at, sale=sale, reason="cancelled")
    assert (held(branch), balances(kamil), balances(marta)) == (0, {}, {})
    assert set(Line.objects.values_list("state", flat=True)) == {"void"}
    assert list(problems()) == []


def test_who_left_later_keeps_what_was_earned_before(anna, marta, tomek, branch, benchmark, at):
    version = version_of(at, SALE, leaver="pool")
    confirmed(anna, marta, tomek, version, at - 31 * DAY)
    leaves(marta, at - 20 * DAY)
    vest(at)
    assert balances(marta)["payable"] == BONUS
    assert held(branch) == 0


def test_extras_for_the_same_sale_count_as_its_bonuses(
    anna, marta, kamil, tomek, branch, pooled, at
):
    from polecam.actions import extras

    with clock.injected():
        set_setting(by=None, at=at - 60 * DAY, key="extra_month_grosze", value=50_000)
        sale = confirmed(anna, marta, tomek, pooled, at - 31 * DAY)
        extras.give(by=tomek, at=at - 30 * DAY, referral=sale.referral, person=kamil, role="mentor")
    vest(at)
    assert PoolFlow.objects.get().bonuses_grosze == BONUS + 5_000
    assert bonuses.vest_due(at=at + timedelta(days=1)) == 0
