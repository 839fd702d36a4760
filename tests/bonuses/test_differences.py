"""Late and voided facts: differences in the open month, linked; a closed one is untouched."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from polecam.actions import bonuses
from polecam.bonuses import engine, ledger, rules
from polecam.bonuses.closing import figures as closing
from polecam.bonuses.models import (
    Component,
    ComponentBudget,
    LedgerTransaction,
    Line,
    LineState,
    PayrollMonth,
)
from polecam.bonuses.months import month_view
from polecam.bonuses.proration import factor_bp
from polecam.bonuses.verify import problems
from polecam.kit.periods import month_of, previous_month
from polecam.store import clock
from polecam.store.tx import action
from tests.bonuses.plans_at_random import publish
from tests.bonuses.support import balances, referral_of, sale_of
from tests.bonuses.test_ledger import pay

pytestmark = pytest.mark.django_db
ZONE = "Europe/Warsaw"
STEPS = {
    "fact_kind": "meeting",
    "shape": "whole",
    "bands": ((0, 20_000, 1_000), (20_000, None, 1_500)),
}
"""10 zł a meeting; from the second one in a month on 15 zł for each of them."""


def credit(client, seller, version, at, kind="meeting", shares=None, base=0):
    referral = referral_of(client, seller, version, at, shares)
    source = sale_of(referral, seller, at, base) if kind == "sale" else referral
    with action():
        bonuses.credit(kind=kind, referral=referral, source=source, at=at, base_grosze=base)
    return referral


def close(month: str, first, second, at) -> None:
    PayrollMonth.objects.create(
        month=month,
        state="closed",
        asked_by=first,
        asked_at=at,
        closed_by=second,
        closed_at=at,
        digest=closing.digest_of_month([]),
    )


def amounts(**which) -> list[tuple[int, int, str]]:
    rows = Line.objects.filter(**which).order_by("fact", "revision")
    return list(rows.values_list("revision", "amount_grosze", "state"))


def test_a_second_meeting_raises_the_first(anna, marta, at):
    version, _ = publish([STEPS], at - timedelta(days=60))
    credit(anna, marta, version, at)
    credit(anna, marta, version, at)
    assert amounts() == [(0, 1_000, "pending"), (1, 500, "pending"), (0, 1_500, "pending")]
    difference = Line.objects.get(revision=1)
    assert difference.corrects == Line.objects.order_by("id").first()
    assert balances(marta) == {"expense": -3_000, "pending": 3_000}
    assert list(problems()) == []


def test_a_void_lowers_what_stays(anna, marta, at):
    version, _ = publish([STEPS], at - timedelta(days=60))
    credit(anna, marta, version, at)
    second = credit(anna, marta, version, at)
    with action():
        bonuses.void(source=second, at=at)
    assert amounts(fact__referral=second.public_id) == [(0, 1_500, "void")]
    kept = Line.objects.exclude(fact__referral=second.public_id)
    assert sorted(kept.values_list("revision", "amount_grosze")) == [
        (0, 1_000),
        (1, 500),
        (2, -500),
    ]
    assert balances(marta) == {"expense": -1_000, "pending": 1_000}
    assert list(problems()) == []


def test_what_was_paid_too_much_is_owed_never_deducted(anna, marta, at):
    version, _ = publish([STEPS], at - timedelta(days=60))
    with clock.injected():
        credit(anna, marta, version, at)
        second = credit(anna, marta, version, at)
        assert bonuses.vest_due(at=at + timedelta(seconds=1)) == 3
        for line in Line.objects.filter(state=LineState.PAYABLE).order_by("id"):
            pay(line, at + timedelta(seconds=2))
        with action():
            bonuses.void(source=second, at=at + timedelta(seconds=3))
    assert Line.objects.get(state=LineState.OWED).amount_grosze == -500
    assert balances(marta) == {"expense": -1_000, "paid": 3_000, "receivable": -2_000}
    assert list(problems()) == []


def test_a_difference_below_zero_of_what_is_payable_is_so_at_once(anna, marta, at):
    version, _ = publish([STEPS], at - timedelta(days=60))
    with clock.injected():
        credit(anna, marta, version, at)
        second = credit(anna, marta, version, at)
        bonuses.vest_due(at=at + timedelta(seconds=1))
        with action():
            bonuses.void(source=second, at=at + timedelta(seconds=2))
    assert balances(marta) == {"expense": -1_000, "payable": 1_000}
    assert list(problems()) == []


def test_a_closed_month_stays_as_it_was(anna, marta, ada, pawel, at):
    """Invariant 10: what is different later is posted in the open month, linked."""
    then = at - timedelta(days=31)
    version, _ = publish([STEPS], then - timedelta(days=60))
    with clock.injected():
        credit(anna, marta, version, then)
        second = credit(anna, marta, version, then)
    month = month_of(then, ZONE)
    before = month_view(marta.pk, month)
    close(month, ada, pawel, at)
    with action():
        bonuses.void(source=second, at=at)
    assert month_view(marta.pk, month) == before
    difference = Line.objects.get(revision=2)
    assert (difference.month, difference.fact.month) == (month_of(at, ZONE), month)
    assert difference.corrects.month == month
    assert list(problems()) == []
    with pytest.raises(Exception, match="bonuses_month_closed"), transaction.atomic():
        LedgerTransaction.objects.create(kind="accrue", month=month, person=marta, at=at)


def test_closing_the_month_that_runs_opens_the_next(firm, ada, pawel, at):
    month = month_of(at, ZONE)
    close(month, ada, pawel, at)
    assert previous_month(ledger.open_month(at)) == month


def test_a_complaint_breaks_a_condition(anna, marta, at):
    terms = {"needs_kind": "complaint", "needs_least": 0, "needs_most": 0, "bands": ()}
    rated = {"fact_kind": "sale", "base": "margin", "rate_bp": 1_000, **terms}
    version, _ = publish([rated], at - timedelta(days=60))
    sold = credit(anna, marta, version, at, "sale", base=100_000)
    assert balances(marta)["pending"] == 10_000
    complained = credit(anna, marta, version, at, "complaint")
    assert balances(marta) == {}
    with action():
        bonuses.void(source=complained, at=at)
    assert balances(marta)["pending"] == 10_000
    assert Line.objects.filter(fact__referral=sold.public_id).count() == 3


def test_a_budget_is_spent_by_who_came_first(anna, marta, kamil, at):
    spiff = {"fact_kind": "meeting", "amount_grosze": 700, "budget_grosze": 1_000, "bands": ()}
    version, _ = publish([spiff], at - timedelta(days=60))
    first = credit(anna, marta, version, at)
    credit(anna, kamil, version, at)
    assert (balances(marta)["pending"], balances(kamil)["pending"]) == (700, 300)
    with action():
        bonuses.void(source=first, at=at)
    assert (balances(marta), balances(kamil)["pending"]) == ({}, 700)
    assert ComponentBudget.objects.get().used_grosze == 700
    assert list(problems()) == []


def test_verify_names_a_budget_that_is_not_its_lines(anna, marta, at):
    spiff = {"fact_kind": "meeting", "amount_grosze": 700, "budget_grosze": 1_000, "bands": ()}
    version, _ = publish([spiff], at - timedelta(days=60))
    credit(anna, marta, version, at)
    ComponentBudget.objects.update(used_grosze=699)
    assert any("699 of 1000 used but its lines sum to 700" in one for one in problems())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_budget_never_goes_below_zero_at_once(anna, marta, kamil, at):
    """Invariant 13, with the accounts of both touched by both."""
    spiff = {"fact_kind": "meeting", "amount_grosze": 700, "budget_grosze": 2_000, "bands": ()}
    version, _ = publish([spiff, STEPS], at - timedelta(days=60))
    raised = []

    def one(seller) -> None:
        try:
            for _ in range(3):
                credit(anna, seller, version, at, shares={marta: 5_000, kamil: 5_000})
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(seller,)) for seller in (marta, kamil)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert raised == []
    budget = ComponentBudget.objects.get()
    part = Component.objects.get(budget_grosze__gt=0)
    assert budget.used_grosze == budget.granted_grosze == 2_000
    assert sum(part.line_set.values_list("amount_grosze", flat=True)) == 2_000
    assert engine.differences(engine.EVERYTHING) == []
    assert list(problems()) == []


def test_part_of_a_month_is_its_days():
    month, half = "2026-06", [(date(2026, 6, 16), None, 10_000)]
    assert factor_bp(month, half, lambda _day: True) == 5_000
    assert factor_bp(month, [], lambda day: day.day <= 3) == 1_000
    assert factor_bp(month, [(date(2026, 1, 1), None, 5_000)], lambda _day: True) == 5_000
    assert factor_bp(month, [(date(2026, 1, 1), date(2026, 6, 1), 5_000)], lambda _day: True) == (
        10_000
    )


def test_what_a_table_of_bands_may_hold():
    assert rules.within_bounds([rules.Row(0, None, 10_000)])
    assert not rules.within_bounds([rules.Row(0, 10**12, 10**7), rules.Row(10**12, None, 1)])
    rows = [rules.Row(0, 20_000, 1_000), rules.Row(20_000, None, 1_500)]
    assert rules.tier(rows, 30_000) == 3_500
    assert rules.tier(rows, 30_000, whole=True) == 4_500
    assert rules.tier(rows, 15_000, factor_bp=5_000) == 1_750
