"""A month is published, closed by two people, and paid; nothing of it changes any more."""

import json

import pytest
from django.db import DatabaseError, transaction

from polecam.actions import closing, paying
from polecam.bonuses.closing import figures as reads
from polecam.bonuses.models import LedgerTransaction, PayrollMonth, Statement
from polecam.bonuses.verify import problems
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import next_month
from polecam.organisation.models import Branch
from tests.bonuses.support import balances
from tests.cast import person
from tests.closing.support import (
    START,
    close,
    day,
    identity,
    lines_of,
    pay,
    sold,
    statement,
    vest,
    void,
)

pytestmark = pytest.mark.django_db
SECOND = next_month(START)
THIRD = next_month(SECOND)
BONUS = 54_500


@pytest.fixture
def sale(anna, marta, plan):
    return sold(anna, marta, plan, day(START, 5))


def test_two_months_of_a_seller(sale, marta, kamil, anna, plan, pawel, ada):
    first = close(START, pawel, ada)
    assert (first.state, first.totals["people"], first.totals["payout"]) == ("closed", 1, 0)
    own = statement(marta, START)
    found = reads.read(own.body)
    assert found.opening["total"] == 0
    assert found.closing == {
        "pending": BONUS, "payable": 0, "disputed": 0, "receivable": 0, "total": BONUS,
    }  # fmt: skip
    assert [(m.kind, m.amount, len(m.lines)) for m in found.movements] == [("accrued", BONUS, 1)]
    assert (found.payout.amount, found.payout.why) == (0, "nothing_due")
    assert pay(START, pawel) == 1
    assert PayrollMonth.objects.get(month=START).state == "paid"

    vest(SECOND)
    close(SECOND, pawel, ada)
    found = reads.read(statement(marta, SECOND).body)
    assert found.opening["total"] == BONUS
    assert [(m.kind, m.amount, m.moved) for m in found.movements] == [("vested", 0, BONUS)]
    assert found.payout.amount == BONUS
    assert found.payout.lines == found.movements[0].lines
    assert balances(marta)["payable"] == BONUS
    assert pay(SECOND, pawel) == 1
    assert balances(marta) == {"expense": -BONUS, "paid": BONUS}
    assert lines_of(marta) == [("paid", BONUS, BONUS)]
    assert statement(marta, SECOND).payment.month == THIRD
    assert list(problems()) == []
    draft = reads.figures_of(marta, THIRD)
    assert [(m.kind, m.amount) for m in draft.movements] == [("paid", -BONUS)]
    assert draft.closing["total"] == 0


def test_the_same_twice_and_a_locked_body_is_regenerated(sale, marta, pawel, ada):
    one = reads.write(reads.figures_of(marta, START))
    assert one == reads.write(reads.figures_of(marta, START))
    assert reads.write(reads.read(one)) == one
    assert json.loads(one)["format"] == 1
    assert "Marta" not in one
    close(START, pawel, ada)
    assert statement(marta, START).body == one
    assert statement(marta, START).digest == reads.digest(one)


def test_four_eyes_and_who_may(sale, marta, tomek, pawel, ada):
    later = day(SECOND, 3)
    for one in (marta, tomek, ada):
        with pytest.raises(NotAllowed):
            closing.ask(by=one, at=later, month=START)
    closing.ask(by=pawel, at=later, month=START)
    for one, error in ((tomek, NotAllowed), (pawel, Refused)):
        with pytest.raises(error):
            closing.close(by=one, at=later, month=START)
    with pytest.raises(DatabaseError), transaction.atomic():
        PayrollMonth.objects.update(closed_by=pawel, state="closed")
    closing.close(by=ada, at=later, month=START)
    with pytest.raises(NotAllowed):
        paying.pay(by=ada, at=later, month=START)


def test_only_ended_months_in_order_and_after_the_payment(sale, pawel, ada):
    def refused(month, at):
        with pytest.raises(Refused) as error:
            closing.ask(by=pawel, at=at, month=month)
        return error.value.code

    assert refused(START, day(START, 28)) == "month_runs"
    assert refused(SECOND, day(THIRD, 3)) == "month_order"
    assert refused("2025-13", day(THIRD, 3)) == "month_unknown"
    close(START, pawel, ada)
    assert refused(START, day(THIRD, 3)) == "month_closed"
    assert refused(SECOND, day(THIRD, 3)) == "month_before_unpaid"
    pay(START, pawel)
    close(SECOND, pawel, ada)


def test_what_changed_since_it_was_asked_for_is_asked_for_again(
    sale, anna, marta, pawel, ada, plan
):
    pay_month(START, pawel, ada)
    vest(SECOND)
    later = day(THIRD, 3)
    closing.ask(by=pawel, at=later, month=SECOND)
    assert statement(marta, SECOND).payout_grosze == BONUS
    void(sale, later)
    with pytest.raises(Refused) as error:
        closing.close(by=ada, at=later, month=SECOND)
    assert error.value.code == "month_changed"
    closing.ask(by=pawel, at=later, month=SECOND)
    closing.close(by=ada, at=later, month=SECOND)
    own = reads.read(statement(marta, SECOND).body)
    assert (own.closing["payable"], own.payout.amount) == (BONUS, 0)
    kinds = list(Event.objects.filter(subject_type="statement").values_list("kind", flat=True))
    assert kinds.count("statement.published") == 2
    assert kinds.count("statement.changed") == 1
    assert pay(SECOND, pawel) == 1
    assert balances(marta) == {}
    assert list(problems()) == []


def pay_month(month, pawel, ada):
    close(month, pawel, ada)
    pay(month, pawel)


def test_a_void_between_closing_and_payment_leaves_the_statement_and_is_owed(
    sale, marta, pawel, ada
):
    pay_month(START, pawel, ada)
    vest(SECOND)
    close(SECOND, pawel, ada)
    before = statement(marta, SECOND).body
    void(sale, day(THIRD, 5))
    assert balances(marta) == {"paid": BONUS, "receivable": -BONUS}
    assert lines_of(marta) == [("void", BONUS, BONUS)]
    assert pay(SECOND, pawel) == 1
    own = statement(marta, SECOND)
    assert (own.body, own.state, own.payment) == (before, "paid", None)
    assert identity(marta)
    assert list(problems()) == []
    draft = reads.figures_of(marta, THIRD)
    assert [(m.kind, m.amount) for m in draft.movements] == [("voided", -BONUS), ("paid", -BONUS)]
    assert (draft.opening["total"], draft.closing["total"]) == (BONUS, -BONUS)


def test_nothing_reaches_a_closed_month(sale, marta, pawel, ada):
    close(START, pawel, ada)
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerTransaction.objects.create(kind="pay", month=START, person=marta, at=day(SECOND, 3))
    own = statement(marta, START)
    for change in ({"body": "{}"}, {"payout_grosze": 1}, {"state": "published"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Statement.objects.filter(pk=own.pk).update(**change)
    for change in ({"state": "open"}, {"totals": {}}, {"digest": "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PayrollMonth.objects.update(**change)


def test_whoever_closes_works_for_every_branch_that_is_paid(sale, pawel, ada, at):
    """A month is the whole firm's: payroll of another branch alone neither closes nor sees it."""
    elsewhere = Branch.objects.create(name="Oddział Nowa Huta", created_at=at)
    other = person(elsewhere, "payroll", "Ola", "Lis", "f", at=at)
    with pytest.raises(NotAllowed):
        closing.ask(by=other, at=day(SECOND, 3), month=START)
    closing.ask(by=pawel, at=day(SECOND, 3), month=START)
    with pytest.raises(NotAllowed):
        closing.close(by=other, at=day(SECOND, 3), month=START)
    closing.close(by=ada, at=day(SECOND, 3), month=START)
    with pytest.raises(NotAllowed):
        paying.pay(by=other, at=day(SECOND, 9), month=START)
