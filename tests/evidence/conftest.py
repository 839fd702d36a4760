"""A branch with a year of months of five people: asks, wins, bonuses."""

from datetime import timedelta

import pytest

from polecam.asking.models import MomentTally
from polecam.bonuses.models import Component, CreditedFact, LedgerTransaction, Line
from polecam.kit.periods import day_of, previous_month
from polecam.referrals.models import StageTally
from tests.cast import ZONE, person


@pytest.fixture
def five(branch, marta, kamil, tomek, at):
    """Five people who ask."""
    more = [person(branch, "seller", name, "Lis", "n", at=at) for name in ("Ola", "Ewa")]
    return [marta, kamil, tomek, *more]


@pytest.fixture
def closed(at) -> list[str]:
    """The last three months that are over, newest first."""
    months = [previous_month(f"{day_of(at, ZONE):%Y-%m}")]
    while len(months) < 3:
        months.append(previous_month(months[-1]))
    return months


@pytest.fixture
def happened(branch, plan, at):
    """`happened(month, people, earners)`: each heard 3 answers, 1 yes, won one sale; earners got
    50 zł each."""

    def tell(month, people, earners):
        for seller in people:
            MomentTally.objects.create(
                branch=branch, seller=seller, kind="praise", month=month, asks=3, yes=1
            )
            StageTally.objects.create(
                branch=branch, seller=seller, month=month, asks=4, referrals=2, consents=1,
                meetings=1, sales=1, margin_grosze=400_000,
            )  # fmt: skip
        for number, seller in enumerate(earners):
            _line(plan, branch, seller, month, f"{month}-{number}", at - timedelta(days=40))

    return tell


def _line(plan, branch, seller, month, source, at) -> None:
    fact = CreditedFact.objects.create(
        kind="meeting", source=source, referral=source, version=plan, branch=branch,
        person=seller, share_bp=10_000, month=month, confirmed_at=at, vests_at=at,
    )  # fmt: skip
    accrual = LedgerTransaction.objects.create(
        kind="accrue", month=month, person=seller, at=at, sealed=False
    )
    Line.objects.create(
        fact=fact, component=Component.objects.get(fact_kind="meeting"), person=seller,
        month=month, whole_grosze=5_000, amount_grosze=5_000, vests_at=at, accrual=accrual,
    )  # fmt: skip
