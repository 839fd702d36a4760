"""The ledger under any history of events: invariants 1, 2, 4, 11, 12 and 14."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polecam.actions import bonuses
from polecam.bonuses import ledger
from polecam.bonuses.models import (
    Account,
    AccountKind,
    Entry,
    LedgerTransaction,
    Line,
    LineState,
    TransactionKind,
)
from polecam.bonuses.months import MonthView, month_view, month_views
from polecam.bonuses.verify import problems
from polecam.kit.errors import Refused
from polecam.kit.periods import month_of, next_month
from polecam.store import clock
from polecam.store.tx import action
from tests.bonuses.support import balances, referral_of, sale_of
from tests.bonuses.test_engine import undone

pytestmark = pytest.mark.django_db
ZONE = "Europe/Warsaw"

steps = st.lists(
    st.tuples(
        st.sampled_from(["consent", "meeting", "sale", "vest", "pay", "void", "wait"]),
        st.integers(0, 30),
    ),
    min_size=4,
    max_size=18,
)


def pay(line: Line, at) -> None:
    """A payable line is paid, as a payroll run does it with all of a month."""
    with action():
        (paying,) = ledger.post(
            [
                ledger.Move(
                    TransactionKind.PAY,
                    line.person_id,
                    AccountKind.PAYABLE,
                    AccountKind.PAID,
                    line.amount_grosze,
                )
            ],
            month=month_of(at, ZONE),
            at=at,
        )
        Line.objects.filter(pk=line.pk).update(
            state=LineState.PAID, paid_grosze=line.amount_grosze, paying=paying
        )


def check_invariants(people) -> None:
    """What holds at any time."""
    sums = LedgerTransaction.objects.annotate(total=Sum("entry__amount"))
    assert not sums.exclude(total=0).exists()
    assert not LedgerTransaction.objects.filter(sealed=False).exists()
    for account in Account.objects.annotate(total=Sum("entry__amount")):
        assert account.balance == (account.total or 0)
    for person in people:
        found = balances(person)
        earned = Line.objects.filter(person=person).exclude(state=LineState.VOID)
        total = earned.aggregate(total=Sum("amount_grosze"))["total"] or 0
        assert total == -found.get("expense", 0)
        assert total == sum(
            found.get(kind, 0) for kind in ("pending", "payable", "paid", "disputed")
        ) - -found.get("receivable", 0)
    assert not Line.objects.filter(vesting__at__lt=F("vests_at")).exists()
    assert list(problems()) == []


def check_months(people, first: str, last: str) -> None:
    """Opening + movements = closing, next opening = previous closing, in a row of months."""
    for person in people:
        month, before = first, 0
        while month <= last:
            view = month_view(person.pk, month)
            assert view.opening == before
            assert view.opening + view.accrued - view.voided - view.paid == view.closing
            before, month = view.closing, next_month(month)
        owed = Account.objects.filter(person=person, kind__in=["pending", "payable", "receivable"])
        assert before == (owed.aggregate(total=Sum("balance"))["total"] or 0)


class World:
    """A history lived through step by step."""

    def __init__(self, client, sellers, plan, at) -> None:
        self.client, self.sellers, self.plan, self.at = client, sellers, plan, at
        self.sources: list = []

    def step(self, what: str, number: int) -> None:
        if what == "wait":
            self.at += timedelta(days=3 * number)
        elif what == "vest":
            bonuses.vest_due(at=self.at)
        elif what == "pay":
            if line := Line.objects.filter(state=LineState.PAYABLE).order_by("id").first():
                pay(line, self.at)
        elif what == "void":
            if self.sources:
                with action():
                    source = self.sources[number % len(self.sources)]
                    bonuses.void(source=source, at=self.at)
                    assert bonuses.void(source=source, at=self.at) == []
        else:
            self.credit(what, number)

    def credit(self, kind: str, number: int) -> None:
        share = number * 333 + 1
        shares = {self.sellers[0]: 10_000 - share, self.sellers[1]: share}
        referral = referral_of(self.client, self.sellers[0], self.plan, self.at, shares)
        base = number * 1_017 + 5 if kind == "sale" else 0
        source = sale_of(referral, self.sellers[0], self.at, base) if base else referral
        with action():
            bonuses.credit(
                kind=kind, referral=referral, source=source, at=self.at, base_grosze=base
            )
        self.sources.append(source)


@settings(suppress_health_check=list(HealthCheck), max_examples=25)
@given(steps)
def test_any_history_balances(anna, marta, kamil, plan, at, history):
    people = [marta, kamil]
    with undone(), clock.injected():
        start = at - timedelta(days=500)
        world = World(anna, people, plan, start)
        for what, number in history:
            if world.at + timedelta(days=91) < at or what != "wait":
                world.step(what, number)
        check_invariants(people)
        check_months(people, month_of(start, ZONE), month_of(at, ZONE))


@pytest.fixture
def held(anna, marta, plan, at) -> Line:
    """A consent's ten złoty, held."""
    referral = referral_of(anna, marta, plan, at)
    with action():
        bonuses.credit(kind="consent", referral=referral, source=referral, at=at)
    return Line.objects.get()


def test_reversal_restores_every_balance_once(held, marta, at):
    assert balances(marta)
    with action():
        ledger.reverse(held.accrual, month=held.month, at=at)
    assert balances(marta) == {}
    with pytest.raises(Refused, match="already_reversed"), action():
        ledger.reverse(held.accrual, month=held.month, at=at)


def test_points_and_money_never_mix(held, marta, at):
    points = Account.objects.create(kind="pending", unit="points", person=marta)
    open_one = LedgerTransaction.objects.create(
        kind="accrue", month=held.month, person=marta, at=at
    )
    with pytest.raises(Exception, match="bonuses_entry_other_unit"), transaction.atomic():
        Entry.objects.create(transaction=open_one, account=points, amount=5)


def test_months_of_many_in_one_query(held, marta, kamil, django_assert_num_queries):
    with django_assert_num_queries(1):
        views = month_views([marta.pk, kamil.pk], held.month)
    assert views == {marta.pk: MonthView(accrued=1000, closing=1000)}
    assert month_view(kamil.pk, held.month) == MonthView()


def test_late_facts_land_in_the_open_month(anna, marta, plan, at):
    """Confirmed in a month that has ended, recorded now: counted now, held from then."""
    referral = referral_of(anna, marta, plan, at)
    late = at - timedelta(days=35)
    with action():
        (fact,) = bonuses.credit(kind="consent", referral=referral, source=referral, at=late)
    assert fact.month == month_of(at, ZONE) > month_of(late, ZONE)
    assert fact.confirmed_at == late
    assert month_view(marta.pk, month_of(late, ZONE)) == MonthView()
