"""A version tried out on what really happened: exact, of the right people, and never guessed."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polecam.bonuses import engine
from polecam.bonuses.models import Assignment, Band, Component, Plan, PlanVersion
from polecam.insights.simulation import simulate
from polecam.insights.simulation_outcome import AS_IT_WAS, WhatIf
from polecam.insights.simulation_period import read
from polecam.organisation.models import Branch, Setting
from polecam.store.tx import action
from tests.bonuses.plans_at_random import (
    MONTHS,
    Happening,
    components,
    half_time,
    happenings,
    new_sources,
    publish,
    record,
    take_back,
)
from tests.bonuses.test_engine import undone
from tests.cast import ZONE

pytestmark = pytest.mark.django_db
CHEAP = settings(suppress_health_check=list(HealthCheck), max_examples=12)
PERIOD = read("2026-09..2026-10")


def tried(version, branch, at, what_if=AS_IT_WAS, period=PERIOD):
    return simulate(
        version, period=period, branches=(branch.pk,), at=at, zone=ZONE, what_if=what_if
    )


def sums_agree(found) -> None:
    """Sellers, sentences and months are three ways to say the same sum."""
    after, before = found.outcome.after, found.outcome.before
    assert after == sum(part.grosze for part in found.parts)
    assert after == sum(month.after for month in found.months)
    assert before == sum(month.before for month in found.months)


@CHEAP
@given(st.data())
def test_the_version_in_force_gives_exactly_what_was_credited(
    branch, marta, kamil, tomek, at, data
):
    people = [marta, kamil, tomek]
    drawn = data.draw(st.lists(components(budgets=False), min_size=1, max_size=4))
    happened = new_sources(data.draw(st.lists(happenings, min_size=1, max_size=8)))
    with undone():
        version, _ = publish(drawn, at)
        if data.draw(st.booleans()):
            half_time(kamil, at)
        record(happened, people, branch, version, at, batches=[True] * len(happened))
        if data.draw(st.booleans()):
            take_back(happened[0][0], at)
        found = tried(version, branch, at)
        if not found.is_empty:
            assert all(seller.gain == 0 for seller in found.outcome.sellers)
            sums_agree(found)
        scaled = tried(version, branch, at, WhatIf(*data.draw(percents)))
        sums_agree(scaled)


percents = st.tuples(*[st.integers(0, 300)] * 4)


@CHEAP
@given(st.data())
def test_another_version_pays_what_the_engine_would(branch, marta, kamil, tomek, at, data):
    people = [marta, kamil, tomek]
    held = data.draw(st.lists(components(budgets=False), min_size=1, max_size=2))
    drawn = data.draw(st.lists(components(budgets=False), min_size=1, max_size=3))
    happened = new_sources(data.draw(st.lists(happenings, min_size=1, max_size=6)))
    with undone():
        version, _ = publish(held, at)
        record(happened, people, branch, version, at, batches=[True] * len(happened))
        other = a_draft(version, drawn, at)
        found = tried(other, branch, at)
        wanted: dict[int, int] = {}
        for row in engine.totals(months=MONTHS, version=other.pk):
            wanted[row.person_id] = wanted.get(row.person_id, 0) + row.grosze
        told = {one.person_id: one.after for one in found.outcome.sellers if one.after}
        assert told == {person: grosze for person, grosze in wanted.items() if grosze}
        sums_agree(found)


def a_draft(version, drawn, at) -> PlanVersion:
    """The next version of the same plan, with these sentences and rows; published, so that none of
    the drawn oddities has to be mended first."""
    draft = PlanVersion.objects.create(
        plan=version.plan,
        number=2,
        valid_from=at + timedelta(days=1),
        hold_days=0,
        clawback_days=900,
    )
    for position, columns in enumerate(drawn, start=1):
        own = {key: value for key, value in columns.items() if key != "bands"}
        row = Component.objects.create(version=draft, position=position, **own)
        weight = "amount_grosze" if row.base == "count" else "rate_bp"
        for lower, upper, heavy in columns["bands"]:
            Band.objects.create(component=row, lower=lower, upper=upper, **{weight: heavy})
    draft.published_at = at
    draft.save()
    return draft
