"""Crediting, holding, vesting, taking back."""

from datetime import timedelta

import pytest

from polecam.actions import bonuses
from polecam.bonuses.models import CreditedFact, Line
from polecam.claims.models import CreditShare
from polecam.kit.periods import month_of
from polecam.store import clock
from polecam.store.tx import action
from tests.bonuses.support import balances, referral_of, sale_of

pytestmark = pytest.mark.django_db


def credit(referral, source, kind, at, base=0):
    with action():
        return bonuses.credit(kind=kind, referral=referral, source=source, at=at, base_grosze=base)


def test_a_consent_earns_ten_zloty(anna, marta, plan, at):
    referral = referral_of(anna, marta, plan, at)
    (fact,) = credit(referral, referral, "consent", at)
    line = Line.objects.get()
    assert (fact.month, line.amount_grosze, line.state) == (
        month_of(at, "Europe/Warsaw"),
        1000,
        "pending",
    )
    assert balances(marta) == {"expense": -1000, "pending": 1000}


def test_twice_is_once(anna, marta, plan, at):
    referral = referral_of(anna, marta, plan, at)
    credit(referral, referral, "consent", at)
    assert credit(referral, referral, "consent", at) == []
    assert CreditedFact.objects.count() == 1
    assert balances(marta)["pending"] == 1000


def test_a_sale_is_shared_to_the_grosz(anna, marta, kamil, plan, at):
    referral = referral_of(anna, marta, plan, at, shares={kamil: 3_333, marta: 6_667})
    sale = sale_of(referral, kamil, at, margin=436_001)
    credit(referral, sale, "sale", at, base=436_001)
    assert sum(Line.objects.values_list("amount_grosze", flat=True)) == 54_500
    assert set(Line.objects.values_list("whole_grosze", flat=True)) == {54_500}


def test_no_plan_at_capture_earns_nothing(anna, marta, at):
    referral = referral_of(anna, marta, None, at)
    assert credit(referral, referral, "consent", at) == []


def test_vests_after_the_hold_and_once(anna, marta, plan, at):
    referral = referral_of(anna, marta, plan, at)
    with clock.injected():
        early = at - timedelta(days=40)
        credit(referral, referral, "consent", early)
        end = early + timedelta(days=30)
        assert bonuses.vest_due(at=end - timedelta(seconds=1)) == 0
        assert bonuses.vest_due(at=end) == 1
        assert bonuses.vest_due(at=at) == 0
    assert balances(marta) == {"expense": -1000, "payable": 1000}


def test_newest_shares_count(anna, marta, kamil, plan, at):
    referral = referral_of(anna, marta, plan, at)
    CreditShare.objects.create(referral=referral, number=2, person=kamil, share_bp=10_000, at=at)
    (fact,) = credit(referral, referral, "consent", at)
    assert fact.person == kamil
