"""Whatever posts more than once in a transaction takes all its accounts first: two never wait for
each other in a ring (PostgreSQL would end one of them)."""

from datetime import timedelta

import pytest

from polecam.actions import bonuses, dispute_times
from polecam.bonuses import ledger
from polecam.bonuses.models import Line
from polecam.store.tx import action
from tests.disputes.support import ask, decide, earn, shared

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def referral(anna, marta, kamil, plan, at):
    """Both have a part, and a meeting earned for both."""
    made = shared(anna, {marta: 7_000, kamil: 3_000}, at=at, plan=plan.pk)
    earn(made, "meeting", at=at)
    return made


@pytest.fixture
def locks(monkeypatch) -> list[set[tuple[int, str]]]:
    """What each call locks, in order."""
    taken: list[set[tuple[int, str]]] = []
    real = ledger.lock_accounts

    def spy(people, kinds, unit="PLN"):
        found = real(people, kinds, unit)
        taken.append(set(found))
        return found

    monkeypatch.setattr(ledger, "lock_accounts", spy)
    monkeypatch.setattr("polecam.bonuses.engine.lock_accounts", spy, raising=False)
    return taken


def all_at_first(locks: list[set[tuple[int, str]]]) -> bool:
    return len(locks) > 1 and set().union(*locks) == locks[0]


def test_a_sale_of_two_sellers_is_taken_back_with_all_accounts_at_once(referral, locks, at):
    sale = earn(referral, "sale", at=at)
    locks.clear()
    with action():
        assert len(bonuses.void(source=sale, at=at + HOUR)) == 2
    assert all_at_first(locks)


def test_a_decision_is_carried_out_with_all_accounts_at_once(
    referral, kamil, tomek, ada, locks, at
):
    dispute = ask(kamil, referral, at=at)
    decide(tomek, dispute, "upheld", at=at + HOUR)
    locks.clear()
    dispute_times.run_due(at=at + timedelta(days=30))
    assert Line.objects.filter(fact__round__gt=1).exists()
    assert all_at_first(locks)


def test_what_is_credited_while_a_dispute_runs_takes_all_accounts_at_once(
    referral, kamil, tomek, locks, at
):
    ask(kamil, referral, at=at)
    locks.clear()
    earn(referral, "sale", at=at + HOUR)
    assert all_at_first(locks)
