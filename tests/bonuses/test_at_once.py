"""Several people at once, on PostgreSQL: balances, reversals and vesting stay right."""

from datetime import timedelta

import pytest

from polecam.actions import bonuses
from polecam.bonuses import ledger
from polecam.bonuses.models import LedgerTransaction, Line
from polecam.bonuses.verify import problems
from polecam.kit.errors import Refused
from polecam.store.tx import action, lock
from tests.bonuses.support import balances, referral_of, sale_of
from tests.support.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def confirm(referral, at) -> None:
    with action():
        lock(referral)
        bonuses.credit(kind="consent", referral=referral, source=referral, at=at)


def test_many_events_of_the_same_sellers(anna, marta, kamil, plan, at):
    """Accounts do not exist yet, two sellers share everything: no deadlock, nothing lost."""
    shares = {marta: 6_667, kamil: 3_333}
    referrals = [referral_of(anna, marta, plan, at, shares) for _ in range(8)]
    assert at_once(*[lambda r=r: confirm(r, at) for r in referrals]) == []
    assert balances(marta) == {"expense": -8 * 667, "pending": 8 * 667}
    assert balances(kamil) == {"expense": -8 * 333, "pending": 8 * 333}
    assert list(problems()) == []


def test_the_same_event_twice_at_once(anna, marta, plan, at):
    referral = referral_of(anna, marta, plan, at)
    assert at_once(*[lambda: confirm(referral, at)] * 4) == []
    assert balances(marta)["pending"] == 1_000


def test_one_transaction_is_reversed_once(anna, marta, plan, at):
    referral = referral_of(anna, marta, plan, at)
    confirm(referral, at)
    accrual = LedgerTransaction.objects.get()

    def reverse() -> None:
        with action():
            ledger.reverse(accrual, month=accrual.month, at=at)

    raised = at_once(*[reverse] * 4)
    assert [type(error) for error in raised] == [Refused] * 3
    assert balances(marta) == {}


def test_a_line_vests_or_voids(anna, marta, plan, at):
    """The daily job and an upheld complaint meet: whatever wins, no grosz is made or lost."""
    early = at - timedelta(days=40)
    sales = []
    for _ in range(6):
        referral = referral_of(anna, marta, plan, early)
        sale = sale_of(referral, marta, early)
        with action():
            bonuses.credit(
                kind="sale", referral=referral, source=sale, at=early, base_grosze=436_000
            )
        sales.append(sale)

    def void(sale) -> None:
        with action():
            bonuses.void(source=lock(sale), at=at)

    calls = [lambda: bonuses.vest_due(at=at)] * 2 + [lambda s=s: void(s) for s in sales[:3]]
    assert at_once(*calls) == []
    assert Line.objects.filter(state="void").count() == 3
    assert Line.objects.filter(state="payable").count() == 3
    assert balances(marta)["payable"] == 3 * 54_500
    assert "pending" not in balances(marta)
    assert list(problems()) == []
