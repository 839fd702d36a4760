"""The quality gate, voiding, and asking back what was paid."""

from datetime import timedelta

import pytest

from polecam.actions import bonuses
from polecam.bonuses.models import CreditedFact, LedgerTransaction, Line, LineState
from polecam.bonuses.verify import problems
from polecam.journal.models import Event
from polecam.sales.models import Complaint
from polecam.store import clock
from polecam.store.tx import action
from tests.bonuses.support import balances, referral_of, sale_of
from tests.bonuses.test_ledger import pay

pytestmark = pytest.mark.django_db
BONUS = 54_500


@pytest.fixture(autouse=True)
def lived_through():
    """Recorded when it happened, as in the history of a demo."""
    with clock.injected():
        yield


@pytest.fixture
def start(at):
    return at - timedelta(days=200)


@pytest.fixture
def sale(anna, marta, plan, start):
    """A sale of Marta's, credited with 545 złoty."""
    referral = referral_of(anna, marta, plan, start)
    made = sale_of(referral, marta, start)
    with action():
        bonuses.credit(
            kind="sale", referral=referral, source=made, at=start, base_grosze=made.margin_grosze
        )
    return made


def complain(sale, tomek, at, **more) -> Complaint:
    return Complaint.objects.create(sale=sale, recorded_by=tomek, recorded_at=at, **more)


def void(sale, at):
    with action():
        return bonuses.void(source=sale, at=at)


def test_an_open_complaint_holds_and_a_rejected_one_lets_go(sale, tomek, start, marta):
    complaint = complain(sale, tomek, start)
    due = start + timedelta(days=31)
    assert bonuses.vest_due(at=due) == 0
    Complaint.objects.filter(pk=complaint.pk).update(decided_at=due, upheld=False)
    assert bonuses.vest_due(at=due) == 1
    assert balances(marta)["payable"] == BONUS


def test_a_complaint_on_one_sale_holds_no_other(sale, tomek, start, anna, marta, plan):
    referral = referral_of(anna, marta, plan, start)
    other = sale_of(referral, marta, start)
    with action():
        bonuses.credit(kind="sale", referral=referral, source=other, at=start, base_grosze=800)
        bonuses.credit(kind="consent", referral=referral, source=referral, at=start)
    complain(sale, tomek, start)
    assert bonuses.vest_due(at=start + timedelta(days=30)) == 2


def test_a_held_line_voids_by_reversal(sale, marta, start):
    (line,) = void(sale, start + timedelta(days=3))
    assert line.state == LineState.VOID
    assert line.voiding.reverses == line.accrual
    assert balances(marta) == {}
    assert void(sale, start + timedelta(days=4)) == []
    assert bonuses.vest_due(at=start + timedelta(days=60)) == 0
    back = CreditedFact.objects.get(reverses=line.fact)
    assert Event.objects.get(kind="bonus.voided").subject == back.public_id


def test_a_payable_line_voids(sale, marta, start):
    bonuses.vest_due(at=start + timedelta(days=30))
    (line,) = void(sale, start + timedelta(days=120))
    assert line.voiding.reverses is None
    assert balances(marta) == {}


def test_a_paid_line_becomes_a_receivable_while_the_clawback_lasts(sale, marta, start):
    bonuses.vest_due(at=start + timedelta(days=30))
    pay(Line.objects.get(), start + timedelta(days=40))
    void(sale, start + timedelta(days=89))
    assert balances(marta) == {
        "paid": BONUS,
        "receivable": -BONUS,
    }
    assert list(problems()) == []


def test_after_the_clawback_what_is_paid_stays(sale, marta, start):
    bonuses.vest_due(at=start + timedelta(days=30))
    pay(Line.objects.get(), start + timedelta(days=40))
    assert void(sale, start + timedelta(days=90)) == []
    assert balances(marta)["paid"] == BONUS
    assert not CreditedFact.objects.exclude(reverses=None).exists()


def test_lines_posted_together_void_one_by_one(anna, marta, plan, start):
    """A nightly run may post several lines in one transaction: each can still be taken back."""
    from polecam.bonuses import engine
    from tests.bonuses.test_engine import Happening, write

    sources = [referral_of(anna, marta, plan, start) for _ in range(2)]
    one = Happening("consent", ((0, 10_000),), 0, "2026-05")
    for source in sources:
        write(one, [marta], anna.branch, plan, start, source.public_id)
    with action():
        (together,) = engine.run(engine.of_month("2026-05"), at=start)
    (line,) = void(sources[0], start + timedelta(days=1))
    assert line.voiding.reverses is None
    assert balances(marta) == {"expense": -1000, "pending": 1000}
    assert together.accrued_lines.count() == 2
    assert list(problems()) == []


def test_vesting_is_journalled_once_per_seller(sale, anna, marta, plan, start):
    referral = referral_of(anna, marta, plan, start)
    with action():
        bonuses.credit(kind="consent", referral=referral, source=referral, at=start)
    bonuses.vest_due(at=start + timedelta(days=30))
    event = Event.objects.get(kind="bonus.vested")
    assert event.data == {"person": marta.pk, "lines": 2, "grosze": BONUS + 1000}
    assert LedgerTransaction.objects.filter(kind="vest").count() == 1
