"""The engine against the reference on random plans and histories (invariants 1, 2, 8, 9, 12)."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from polecam.actions import bonus_steps
from polecam.bonuses import engine
from polecam.bonuses.models import Line, LineState
from polecam.bonuses.queries import due_lines
from polecam.store.tx import action
from tests.bonuses.plans_at_random import (
    components,
    half_time,
    happenings,
    kept,
    new_sources,
    part_time,
    publish,
    record,
    take_back,
)
from tests.bonuses.reference import earned
from tests.bonuses.test_engine import undone
from tests.bonuses.test_ledger import check_invariants, pay

pytestmark = pytest.mark.django_db
CHEAP = settings(
    suppress_health_check=list(HealthCheck),
    max_examples=10,
    phases=(Phase.explicit, Phase.generate),  # a shrinking database takes minutes
)


def lines() -> dict[tuple[int, int], int]:
    """What each fact earns by each component, as its lines say."""
    found: dict[tuple[int, int], int] = {}
    for fact, part, amount in Line.objects.exclude(state=LineState.VOID).values_list(
        "fact", "component", "amount_grosze"
    ):
        found[fact, part] = found.get((fact, part), 0) + amount
    return {key: amount for key, amount in found.items() if amount}


def by_name() -> dict[tuple, int]:
    """The same, named by what stays the same whatever the order."""
    found: dict[tuple, int] = {}
    for *key, amount in Line.objects.exclude(state=LineState.VOID).values_list(
        "fact__source", "person", "component__position", "amount_grosze"
    ):
        found[tuple(key)] = found.get(tuple(key), 0) + amount
    return {key: amount for key, amount in found.items() if amount}


def totals(**asked) -> dict[tuple[int, int, str], int]:
    return {row[:3]: row.grosze for row in engine.totals(**asked)}


def pay_all(people, at) -> None:
    """Whatever is due vests and is paid."""
    for person in people:
        with action():
            bonus_steps.vest(person.pk, list(due_lines(at).filter(person=person)), at=at, by=None)
    for line in Line.objects.filter(state=LineState.PAYABLE).order_by("id"):
        pay(line, at)


@CHEAP
@given(st.data())
def test_lines_totals_and_reference_agree(branch, marta, kamil, tomek, at, data):
    people = [marta, kamil, tomek]
    drawn = data.draw(st.lists(components(budgets=True), min_size=1, max_size=4))
    happened = new_sources(data.draw(st.lists(happenings, min_size=1, max_size=9)))
    batches = data.draw(st.lists(st.booleans(), min_size=len(happened), max_size=len(happened)))
    half = data.draw(st.integers(1, len(happened)))
    with undone():
        version, pays = publish(drawn, at)
        if data.draw(st.booleans()):
            half_time(kamil, at)
        record(happened[:half], people, branch, version, at, batches=batches[:half])
        if data.draw(st.booleans()):
            pay_all(people, at)
        record(happened[half:], people, branch, version, at, batches=batches[half:])
        for source, _ in happened:
            if data.draw(st.integers(0, 3)) == 0:
                take_back(source, at)
        expected = earned(kept(pays), part_time(version))
        assert lines() == expected.lines
        assert totals() == expected.totals
        assert engine.differences(engine.EVERYTHING) == []
        with action():
            assert engine.run(engine.EVERYTHING, at=at) == []
        check_invariants(people)


@CHEAP
@given(st.data())
def test_order_and_batches_do_not_matter(branch, marta, kamil, tomek, at, data):
    """A budget alone goes by the order of receipt; nothing else does."""
    people = [marta, kamil, tomek]
    drawn = data.draw(st.lists(components(budgets=False), min_size=1, max_size=3))
    happened = new_sources(data.draw(st.lists(happenings, min_size=1, max_size=8)))
    gone = [source for source, _ in happened if data.draw(st.integers(0, 4)) == 0]
    size = len(happened)
    seen = []
    for order in (happened, data.draw(st.permutations(happened)), happened[::-1]):
        with undone():
            version, _ = publish(drawn, at)
            batches = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
            record(order, people, branch, version, at, batches=batches)
            for source in gone:
                take_back(source, at)
            seen.append(by_name())
    assert seen[0] == seen[1] == seen[2]
