"""The engine against a slow, obvious reference: any order, any batches, the same grosze."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from math import floor

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polecam.bonuses import engine, sql
from polecam.bonuses.models import Account, Component, CreditedFact, Line, Plan, PlanVersion
from polecam.kit.money import half_up, part_of
from polecam.store.fields import new_public_id

pytestmark = pytest.mark.django_db
MONTHS = ("2026-09", "2026-10", "2026-11")
KINDS = ("consent", "meeting", "sale")


@contextmanager
def undone():
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Happening:
    """Something confirmed: whose shares (by place in the cast), how much margin, which month."""

    kind: str
    shares: tuple[tuple[int, int], ...]
    base: int
    month: str


@st.composite
def shares(draw) -> tuple[tuple[int, int], ...]:
    people = draw(st.permutations(range(3)))[: draw(st.integers(1, 3))]
    cuts = sorted(
        draw(
            st.lists(
                st.integers(1, 9_999),
                min_size=len(people) - 1,
                max_size=len(people) - 1,
                unique=True,
            )
        )
    )
    borders = [0, *cuts, 10_000]
    return tuple(
        (person, end - start)
        for person, start, end in zip(people, borders, borders[1:], strict=False)
    )


happenings = st.lists(
    st.builds(
        Happening,
        st.sampled_from(KINDS),
        shares(),
        st.integers(0, 10**9),
        st.sampled_from(MONTHS),
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture
def odd_plan(firm, at) -> PlanVersion:
    """A plan whose numbers do not divide: two rules for a sale, amounts of odd grosze."""
    plan = Plan.objects.create(name="Odd", created_at=at)
    version = PlanVersion.objects.create(
        plan=plan, number=1, valid_from=at, hold_days=30, clawback_days=90
    )
    rules = [("consent", 1_001, 0), ("meeting", 3_999, 0), ("sale", 0, 1_237), ("sale", 77, 0)]
    for position, (kind, amount, rate) in enumerate(rules, start=1):
        Component.objects.create(
            version=version,
            position=position,
            fact_kind=kind,
            base="margin" if rate else "count",
            amount_grosze=amount,
            rate_bp=rate,
        )
    version.published_at = at
    version.save()
    return version


def write(happening: Happening, people, branch, version, at, source) -> list[int]:
    """The facts of one happening, sellers laid in the order of their ids; their ids."""
    offset, facts = 0, []
    for person, share in sorted((people[i].pk, bp) for i, bp in happening.shares):
        facts.append(
            CreditedFact(
                kind=happening.kind,
                source=source,
                referral=source,
                version=version,
                branch=branch,
                person_id=person,
                share_bp=share,
                share_offset_bp=offset,
                base_grosze=happening.base if happening.kind == "sale" else 0,
                month=happening.month,
                confirmed_at=at,
                vests_at=at + timedelta(days=30),
            )
        )
        offset += share
    return [fact.pk for fact in CreditedFact.objects.bulk_create(facts)]


def rounded(exact: Fraction) -> int:
    """Half away from zero, for exact fractions of 0 or more."""
    return floor(exact + Fraction(1, 2))


def reference(happened, people, version) -> dict[tuple, int]:
    """Slow and obvious: amount by source, person and rule."""
    earned = {}
    for source, happening in happened:
        for rule in Component.objects.filter(version=version, fact_kind=happening.kind):
            whole = rule.amount_grosze or rounded(Fraction(happening.base * rule.rate_bp, 10_000))
            reached, before = 0, 0
            for person, share in sorted((people[i].pk, bp) for i, bp in happening.shares):
                reached += share
                until = rounded(Fraction(whole * reached, 10_000))
                if until != before:
                    earned[source, person, rule.pk] = until - before
                before = until
    return earned


def written() -> dict[tuple, int]:
    rows = Line.objects.values_list("fact__source", "person", "component", "amount_grosze")
    return {(source, person, rule): amount for source, person, rule, amount in rows}


def balances() -> dict[tuple, int]:
    rows = Account.objects.exclude(balance=0).values_list("person", "kind", "balance")
    return {(person, kind): balance for person, kind, balance in rows}


@settings(suppress_health_check=list(HealthCheck), max_examples=30)
@given(st.data())
def test_any_order_any_batches(branch, marta, kamil, tomek, odd_plan, at, data):
    people = [marta, kamil, tomek]
    happened = [(new_public_id(), one) for one in data.draw(happenings)]
    by_event, by_batch, at_night = {}, {}, {}
    with undone():
        for source, one in happened:
            ids = write(one, people, branch, odd_plan, at, source)
            engine.run(engine.of_facts(ids), at=at)
        by_event.update(lines=written(), balances=balances())
        assert engine.differences(engine.EVERYTHING) == []
        assert [engine.run(engine.of_month(month), at=at) for month in MONTHS] == [[], [], []]
    with undone():
        waiting: list[int] = []
        for source, one in data.draw(st.permutations(happened)):
            waiting += write(one, people, branch, odd_plan, at, source)
            if data.draw(st.booleans()):
                engine.run(engine.of_facts(waiting), at=at)
                waiting = []
        if waiting:
            engine.run(engine.of_facts(waiting), at=at)
        by_batch.update(lines=written(), balances=balances())
    with undone():
        for source, one in reversed(happened):
            write(one, people, branch, odd_plan, at, source)
        for month in MONTHS:
            engine.run(engine.of_month(month), at=at)
        at_night.update(lines=written(), balances=balances())
    assert by_event == by_batch == at_night
    assert by_event["lines"] == reference(happened, people, odd_plan)


@given(st.integers(-(10**13), 10**13), st.integers(0, 10_000), st.integers(0, 10_000))
@settings(suppress_health_check=list(HealthCheck))
def test_the_database_rounds_as_python_does(db, whole, offset, share):
    share = min(share, 10_000 - offset)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {sql.half_up('w.whole', 10_000)},"
            f" {sql.part_of('w.whole', 'w')} FROM (SELECT CAST(%s AS bigint) AS whole,"
            " CAST(%s AS bigint) AS share_offset_bp, CAST(%s AS bigint) AS share_bp) w",
            [whole, offset, share],
        )
        row = cursor.fetchone()
    assert row == (half_up(whole, 10_000), part_of(whole, offset, share))


def test_a_missing_line_is_named_then_written(branch, marta, odd_plan, at):
    source = new_public_id()
    write(Happening("consent", ((0, 10_000),), 0, "2026-11"), [marta], branch, odd_plan, at, source)
    (problem,) = engine.differences(engine.of_month("2026-11"))
    assert "line missing" in problem
    assert "nothing instead of 1001 grosze" in problem
    assert len(engine.run(engine.of_month("2026-11"), at=at)) == 1
    assert engine.differences(engine.EVERYTHING) == []
