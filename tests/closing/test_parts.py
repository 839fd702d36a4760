"""Only the contested part of a line waits; what was paid or promised of it is never held back."""

import pytest

from polecam.actions import dispute_decisions, disputes, extras
from polecam.bonuses.closing import figures as reads
from polecam.bonuses.models import ExtraPosting, Line
from polecam.bonuses.verify import problems
from polecam.kit.periods import next_month
from polecam.organisation.models import Setting
from tests.bonuses.support import balances
from tests.cast import person
from tests.closing.support import START, close, day, identity, pay, statement, vest, void
from tests.disputes.support import ask, decide, earn, shared

pytestmark = pytest.mark.django_db
SECOND = next_month(START)
THIRD = next_month(SECOND)
FOURTH = next_month(THIRD)
BONUS = 54_500


@pytest.fixture
def theirs(anna, marta, kamil, tomek, ada, pawel, plan):
    """Marta 70, Kamil 30 of a sale of 545 zł; its month is closed and paid."""
    made = shared(anna, {marta: 7_000, kamil: 3_000}, at=day(START, 5), plan=plan.pk)
    made.sale = earn(made, "sale", at=day(START, 5))
    close(START, pawel, ada)
    pay(START, pawel)
    return made


def test_the_uncontested_part_is_paid_and_the_rest_after_the_decision(
    theirs, marta, kamil, tomek, pawel, ada
):
    dispute = ask(kamil, theirs, at=day(SECOND, 2), claimed_bp=5_000)
    vest(SECOND)
    close(SECOND, pawel, ada)
    pay(SECOND, pawel)
    line = Line.objects.get(person=marta, state="payable")
    assert (line.amount_grosze, line.paid_grosze) == (38_150, 27_250)
    assert balances(marta) == {"expense": -38_150, "paid": 27_250, "disputed": 10_900}
    assert balances(kamil)["paid"] == 16_350
    disputes.withdraw(by=kamil, at=day(THIRD, 12), dispute=dispute)
    draft = reads.figures_of(marta, THIRD)
    assert draft.payout.lines == [[line.public_id, 10_900]]
    close(THIRD, pawel, ada)
    pay(THIRD, pawel)
    assert balances(marta) == {"expense": -38_150, "paid": 38_150}
    assert list(problems()) == []


def test_a_decision_takes_back_of_a_partly_paid_line_and_credits_anew(
    theirs, marta, kamil, tomek, pawel, ada
):
    dispute = ask(kamil, theirs, at=day(SECOND, 2), claimed_bp=5_000)
    vest(SECOND)
    close(SECOND, pawel, ada)
    pay(SECOND, pawel)
    decide(tomek, dispute, "upheld", at=day(THIRD, 12))
    for one in (kamil, marta):
        dispute_decisions.accept(by=one, at=day(THIRD, 13), dispute=dispute)
    for one in (marta, kamil):
        assert identity(one)
        assert balances(one)["expense"] == -27_250
    assert balances(marta) == {
        "expense": -27_250, "paid": 27_250, "receivable": -27_250, "payable": 27_250,
    }  # fmt: skip
    assert list(problems()) == []


def test_a_dispute_after_the_closing_holds_nothing_that_was_promised(
    theirs, marta, kamil, pawel, ada
):
    vest(SECOND)
    close(SECOND, pawel, ada)
    ask(kamil, theirs, at=day(THIRD, 5), claimed_bp=5_000)
    assert "disputed" not in balances(marta)
    pay(SECOND, pawel)
    assert balances(marta)["paid"] == 38_150
    assert list(problems()) == []


def test_a_paid_extra_stays_when_its_sale_is_voided(theirs, branch, marta, tomek, pawel, ada, at):
    helper = person(branch, "seller", "Olga", "Bielik", "f", at=at)
    Setting.objects.create(
        key="extra_month_grosze",
        value=50_000,
        valid_from=day(START, 1),
        set_by_id=ada.pk,
        set_at=at,
    )
    extras.give(by=tomek, at=day(SECOND, 6), referral=theirs, person=helper, role="mentor")
    close(SECOND, pawel, ada)
    assert statement(helper, SECOND).payout_grosze == 5_000
    assert extras.take_back(theirs, at=day(THIRD, 5), by=tomek) == 0
    pay(SECOND, pawel)
    assert extras.take_back(theirs, at=day(THIRD, 12), by=tomek) == 0
    assert balances(helper)["paid"] == 5_000
    assert ExtraPosting.objects.get().taking_back is None
    void(theirs.sale, day(THIRD, 12))
    assert list(problems()) == []


def test_nothing_payable_says_so_and_goes_on(theirs, marta, pawel, ada):
    close(SECOND, pawel, ada)
    own = statement(marta, SECOND)
    assert reads.read(own.body).payout.why == "nothing_due"
    pay(SECOND, pawel)
    assert (statement(marta, SECOND).state, statement(marta, SECOND).payment) == ("paid", None)
    vest(THIRD)
    close(THIRD, pawel, ada)
    assert statement(marta, THIRD).payout_grosze == 38_150
