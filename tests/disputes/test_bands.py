"""A dispute about what is paid by bands: a part of the line waits, then both months count anew."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from polecam.actions import bonuses, dispute_decisions, disputes
from polecam.bonuses import engine
from polecam.bonuses.models import CreditedFact, Line, LineState
from polecam.store import clock
from polecam.store.tx import action
from tests.bonuses.plans_at_random import components, kept, publish
from tests.bonuses.reference import earned
from tests.bonuses.test_engine import undone
from tests.bonuses.test_engine_plans import lines
from tests.bonuses.test_ledger import check_invariants
from tests.disputes.support import ask, decide, earn, has, shared

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHOLE = {
    "fact_kind": "meeting",
    "shape": "whole",
    "bands": ((0, 10_000, 1_000), (10_000, None, 3_000)),
}
"""10 zł a meeting; 30 zł for each where a month has a whole one."""


@pytest.fixture(autouse=True)
def lived_through():
    with clock.injected():
        yield


@pytest.fixture
def start(at):
    return at - timedelta(days=200)


def test_the_whole_of_the_measure_is_kept_not_of_the_money(anna, marta, kamil, tomek, start):
    version, _ = publish([WHOLE], start - DAY)
    made = shared(anna, {marta: 10_000}, at=start, plan=version.pk, holder=kamil)
    earn(made, "meeting", at=start)
    dispute = ask(kamil, made, at=start + DAY, claimed_bp=4_000)
    assert has(marta) == {"expense": -3_000, "pending": 1_800, "disputed": 1_200}
    check_invariants([marta, kamil])
    with action():
        decide(tomek, dispute, "upheld", at=start + 2 * DAY)
    for person in (kamil, marta):
        dispute_decisions.accept(by=person, at=start + 3 * DAY, dispute=dispute)
    # six and four tenths of a meeting: neither month has a whole one any more
    assert (has(marta), has(kamil)) == (
        {"expense": -600, "payable": 600},
        {"expense": -400, "payable": 400},
    )
    first, second = (CreditedFact.objects.filter(round=n, reverses=None) for n in (1, 2))
    assert {fact.month for fact in first} == {fact.month for fact in second}
    check_invariants([marta, kamil])


@settings(
    suppress_health_check=list(HealthCheck),
    max_examples=8,
    phases=(Phase.explicit, Phase.generate),
)
@given(st.data())
def test_any_plan_through_a_dispute(anna, marta, kamil, tomek, start, data):
    drawn = data.draw(st.lists(components(budgets=True), min_size=1, max_size=3))
    with undone():
        version, pays = publish(drawn, start - DAY)
        made = shared(anna, {marta: 7_000, kamil: 3_000}, at=start, plan=version.pk)
        other = shared(anna, {marta: 10_000}, at=start, plan=version.pk)
        for kind in ("consent", "meeting", "sale"):
            earn(made, kind, at=start, margin=70_000)
            earn(other, kind, at=start, margin=90_000)
        if data.draw(st.booleans()):
            bonuses.vest_due(at=start + DAY)
        dispute = ask(kamil, made, at=start + 2 * DAY, claimed_bp=5_000)
        check_invariants([marta, kamil])
        if data.draw(st.booleans()):
            with action():
                bonuses.void(source=other, at=start + 3 * DAY)
        check_invariants([marta, kamil])
        bonuses.vest_due(at=start + 4 * DAY)
        if data.draw(st.booleans()):
            disputes.withdraw(by=kamil, at=start + 5 * DAY, dispute=dispute)
        else:
            decide(tomek, dispute, "upheld", at=start + 5 * DAY)
            for person in (kamil, marta):
                dispute_decisions.accept(by=person, at=start + 6 * DAY, dispute=dispute)
        assert not Line.objects.filter(suspense__ended_at=None, suspense__isnull=False).exists()
        assert lines() == earned(kept(pays)).lines
        assert engine.differences(engine.EVERYTHING) == []
        check_invariants([marta, kamil])
        assert not Line.objects.filter(state=LineState.OWED).exists()
