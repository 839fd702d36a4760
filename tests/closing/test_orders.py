"""Orders of deeds that only meet in real life: a month's sum moves between a closing, a payment, a
dispute and a void, and money is still neither made, lost, stuck nor netted in silence."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from polecam.actions import bonuses, closing, dispute_decisions, topups
from polecam.bonuses.closing import figures as reads
from polecam.bonuses.models import Line, LineState, Statement, Suspense
from polecam.bonuses.verify import problems
from polecam.kit.errors import Refused
from polecam.kit.periods import next_month
from polecam.store.tx import action
from tests.bonuses.plans_at_random import publish
from tests.bonuses.support import balances, referral_of, sale_of
from tests.closing.support import START, close, day, identity, lines_of, pay, statement, vest, void
from tests.disputes.support import ask, decide, earn, shared

pytestmark = pytest.mark.django_db
SECOND = next_month(START)
THIRD = next_month(SECOND)
GATED = {
    "fact_kind": "sale",
    "base": "margin",
    "rate_bp": 1_000,
    "needs_kind": "meeting",
    "needs_least": 1,
    "bands": (),
}
"""10% of the margin of every sale of a month with a meeting held."""
PLAIN = {"fact_kind": "consent", "amount_grosze": 5_000, "bands": ()}


@pytest.fixture
def gated(firm):
    return publish([GATED, PLAIN], day(START, 1) - timedelta(days=60))[0]


def credit(client, seller, version, at, kind, base=0):
    referral = referral_of(client, seller, version, at)
    source = sale_of(referral, seller, at, base) if kind == "sale" else referral
    with action():
        bonuses.credit(kind=kind, referral=referral, source=source, at=at, base_grosze=base)
    return source


def sound(*people) -> None:
    assert list(problems()) == []
    assert all(identity(person) for person in people)


def test_a_decision_takes_back_what_it_changed_itself(anna, marta, kamil, tomek, ada, gated):
    """The meeting goes first and lowers what the sale earned; then the sale's lines go, all."""
    made = shared(anna, {marta: 10_000}, at=day(START, 5), plan=gated.pk, holder=kamil)
    earn(made, "meeting", at=day(START, 6))
    earn(made, "sale", at=day(START, 7), margin=100_000)
    dispute = ask(kamil, made, at=day(START, 8), claimed_bp=5_000)
    decide(tomek, dispute, "upheld", at=day(START, 9))
    for one in (kamil, marta):
        dispute_decisions.accept(by=one, at=day(START, 10), dispute=dispute)
    assert not Line.objects.exclude(state=LineState.VOID).filter(fact__reversal__isnull=False)
    sound(marta, kamil)


@pytest.fixture
def lowered(anna, marta, pawel, ada, gated):
    """A sale of 100 zł whose month lost its meeting before the hold ended, and a consent of 50."""
    met = credit(anna, marta, gated, day(START, 5), "meeting")
    sold = credit(anna, marta, gated, day(START, 6), "sale", 100_000)
    given = credit(anna, marta, gated, day(START, 7), "consent")
    void(met, day(START, 8))
    vest(START)
    close(START, pawel, ada)
    assert statement(marta, START).payout_grosze == 5_000
    return sold, given


def test_a_sale_that_a_closed_month_promised_nothing_of_is_voided(lowered, marta, pawel):
    void(lowered[0], day(SECOND, 5))
    pay(START, pawel)
    assert balances(marta) == {"expense": -5_000, "paid": 5_000}
    sound(marta)


def test_a_month_whose_promises_were_all_kept_early_is_paid(lowered, marta, pawel):
    void(lowered[1], day(SECOND, 5))
    assert balances(marta) == {"paid": 5_000, "receivable": -5_000}
    pay(START, pawel)
    assert Statement.objects.get(person=marta).state == "paid"
    assert balances(marta) == {"paid": 5_000, "receivable": -5_000}
    assert {state for state, _, _ in lines_of(marta)} == {"void", "paid"}
    sound(marta)


def test_what_a_month_that_is_over_will_pay_is_owed_never_netted(anna, marta, pawel, ada, gated):
    """The sale vested in March; in April, March not yet closed, the meeting proves wrong."""
    met = credit(anna, marta, gated, day(START, 5), "meeting")
    credit(anna, marta, gated, day(START, 6), "sale", 100_000)
    vest(START)
    void(met, day(SECOND, 2))
    close(START, pawel, ada)
    pay(START, pawel)
    credit(anna, marta, gated, day(SECOND, 20), "consent")
    vest(SECOND)
    close(SECOND, pawel, ada)
    assert statement(marta, START).payout_grosze == 10_000
    assert statement(marta, SECOND).payout_grosze == 5_000, "nothing of it is netted"
    assert balances(marta)["receivable"] == -10_000
    assert topups.earned_in(marta, SECOND) == 5_000, "a guarantee does not make up for it"
    sound(marta)


def test_lowered_on_the_last_day_it_is_paid_less_in_the_same_month(anna, marta, pawel, ada, gated):
    met = credit(anna, marta, gated, day(START, 5), "meeting")
    credit(anna, marta, gated, day(START, 6), "sale", 100_000)
    vest(START)
    void(met, day(START, 31))
    bonuses.vest_due(at=day(SECOND, 1))
    close(START, pawel, ada)
    assert not Statement.objects.filter(person=marta).exists(), "nothing is left to tell"
    assert balances(marta) == {}
    sound(marta)


def test_all_that_is_contested_of_a_months_sum_waits(anna, marta, kamil, tomek, gated):
    """100 zł of her month's sum is Marta's alone; half of it is contested."""
    made = shared(anna, {marta: 10_000}, at=day(START, 5), plan=gated.pk, holder=kamil)
    credit(anna, marta, gated, day(START, 5), "meeting")
    earn(made, "sale", at=day(START, 7), margin=100_000)
    ask(kamil, made, at=day(START, 8), claimed_bp=5_000)
    assert balances(marta) == {"expense": -10_000, "pending": 5_000, "disputed": 5_000}
    sound(marta)


def test_of_a_shared_months_sum_waits_what_the_part_would_lose(anna, marta, kamil, tomek, gated):
    made = shared(anna, {marta: 6_000, kamil: 4_000}, at=day(START, 5), plan=gated.pk)
    credit(anna, marta, gated, day(START, 5), "meeting")
    earn(made, "sale", at=day(START, 7), margin=100_000)
    ask(kamil, made, at=day(START, 8), claimed_bp=7_000)
    assert balances(marta) == {"expense": -6_000, "pending": 3_000, "disputed": 3_000}
    sound(marta)


def test_statements_that_were_rewritten_after_the_asking_are_not_locked(
    anna, marta, pawel, ada, gated
):
    """Whatever is locked is what was asked for, byte for byte, whatever was written in between."""
    credit(anna, marta, gated, day(START, 5), "consent")
    at = day(SECOND, 3)
    closing.ask(by=pawel, at=at, month=START)
    other = reads.write(reads.read(statement(marta, START).body)).replace("employment", "b2b")
    Statement.objects.update(body=other, digest=reads.digest(other), engagement="b2b")
    with pytest.raises(Refused, match="month_changed"):
        closing.close(by=ada, at=at, month=START)


def test_a_paid_statement_is_never_to_be_paid_again(anna, marta, pawel, ada, gated):
    credit(anna, marta, gated, day(START, 5), "consent")
    close(START, pawel, ada)
    pay(START, pawel)
    own = Statement.objects.filter(person=marta)
    for change in ({"state": "locked"}, {"engagement": "b2b"}, {"person": ada}):
        with pytest.raises(DatabaseError, match="bonuses_statement_locked"), transaction.atomic():
            own.update(**change)


def test_what_waits_is_not_rewritten(anna, marta, kamil, tomek, gated):
    made = shared(anna, {marta: 10_000}, at=day(START, 5), plan=gated.pk, holder=kamil)
    earn(made, "consent", at=day(START, 7))
    ask(kamil, made, at=day(START, 8), claimed_bp=5_000)
    with pytest.raises(DatabaseError, match="bonuses_suspense"), transaction.atomic():
        Suspense.objects.update(amount_grosze=1)
    with pytest.raises(DatabaseError, match="bonuses_suspense"), transaction.atomic():
        Suspense.objects.all()._raw_delete("default")
