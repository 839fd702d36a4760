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
    drawn = data.draw(st.lists(components(budgets=True), min_size=1, max_size=4))
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


def a_draft(version, drawn, at, **terms) -> PlanVersion:
    """The next version of the same plan, with these sentences and rows; published, so that none of
    the drawn oddities has to be mended first."""
    draft = PlanVersion.objects.create(
        plan=version.plan,
        number=2,
        valid_from=at + timedelta(days=1),
        hold_days=0,
        clawback_days=900,
        **terms,
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


# --- one by one -----------------------------------------------------------------------------------


def one(kind: str, person: int, month: str = "2026-09", minute: int = 0, base: int = 0):
    return Happening(kind, ((person, 10_000),), base, 0, 0, month, minute)


@pytest.fixture
def happened(branch, marta, kamil, tomek, plan, at):
    """Marta: three consents, two meetings, two sales in September; Kamil: a consent in October."""
    drawn = [
        *[one("consent", 0)] * 3,
        *[one("meeting", 0)] * 2,
        one("sale", 0, base=400_000),
        one("sale", 0, base=50_000),
        one("consent", 1, "2026-10"),
    ]
    record(
        new_sources(drawn), [marta, kamil, tomek], branch, plan, at, batches=[False] * len(drawn)
    )
    return plan


def test_before_and_after_of_a_flat_plan(happened, branch, marta, kamil, at):
    """14% of margin instead of 12.5%, at least 120 zl: 560 + 120 instead of 500 + 62.50 zl."""
    draft = a_draft(
        happened,
        [
            {"fact_kind": "consent", "amount_grosze": 1_000, "bands": ()},
            {"fact_kind": "meeting", "amount_grosze": 4_000, "bands": ()},
            {
                "fact_kind": "sale",
                "base": "margin",
                "rate_bp": 1_400,
                "floor_grosze": 12_000,
                "bands": (),
            },
        ],
        at,
    )
    found = tried(draft, branch, at)
    rows = {row.person_id: (row.before, row.after) for row in found.outcome.sellers}
    assert rows == {marta.pk: (67_250, 79_000), kamil.pk: (1_000, 1_000)}
    assert found.counts == {"consent": 40_000, "meeting": 20_000, "sale": 20_000}
    assert (found.before_per_sale, found.after_per_sale) == (34_125, 40_000)
    assert found.outcome.smallest_gain.person_id == marta.pk
    assert [part.grosze for part in found.parts] == [4_000, 8_000, 68_000]
    assert (found.gaming.splitting.sellers, found.gaming.splitting.positions) == (1, (3,))
    assert found.gaming.bunching is None
    assert found.pay_back is None
    assert found.pool is None


def test_what_if_scales_what_happened(happened, branch, at):
    """Half as many meetings from consents: half the meetings, half the sales."""
    found = tried(happened, branch, at, WhatIf(meetings=50))
    assert found.outcome.before == 68_250
    assert found.outcome.after == 4_000 + 4_000 + 28_125
    assert found.counts_after == {"consent": 40_000, "meeting": 10_000, "sale": 10_000}


def test_the_cost_of_a_client_tells_when_it_pays_back_and_what_the_pool_gets(
    happened, branch, ada, at
):
    Setting.objects.create(
        key="cost_of_client_grosze", value=148_000, valid_from=at, set_by_id=ada.pk, set_at=at
    )
    sales = [{"fact_kind": "sale", "amount_grosze": 60_000, "bands": ()}]
    draft = a_draft(happened, sales, at, pool_bp=2_000)
    found = tried(draft, branch, at)
    assert found.outcome.difference == 120_000 - 68_250
    assert found.pay_back.sales == 1
    assert found.pool.saving.benchmark == 296_000
    assert found.pool.flows_grosze == (found.pool.saving.saved * 2 + 5) // 10


def test_people_whom_another_plan_covers_are_left_out(happened, branch, marta, kamil, at):
    other = Plan.objects.create(name="Kamil alone", created_at=at, covers_all=False)
    version = PlanVersion.objects.create(
        plan=other, number=1, valid_from=at, hold_days=0, clawback_days=0
    )
    Component.objects.create(version=version, position=1, fact_kind="consent", amount_grosze=500)
    version.published_at = at
    version.save()
    everybody = tried(version, branch, at)
    assert {row.person_id for row in everybody.outcome.sellers} == {marta.pk, kamil.pk}
    Assignment.objects.create(plan=other, person=kamil, since=at - timedelta(days=1))
    alone = tried(version, branch, at)
    assert [(row.person_id, row.after) for row in alone.outcome.sellers] == [(kamil.pk, 500)]
    rest = tried(happened, branch, at)
    assert [row.person_id for row in rest.outcome.sellers] == [marta.pk]


def test_a_branch_with_a_plan_of_its_own_is_left_out_of_the_firms(happened, branch, at):
    own = Plan.objects.create(name="Of the branch", branch=branch, created_at=at)
    version = PlanVersion.objects.create(
        plan=own, number=1, valid_from=at, hold_days=0, clawback_days=0
    )
    Component.objects.create(version=version, position=1, fact_kind="consent", amount_grosze=500)
    assert tried(happened, branch, at).outcome.after == 68_250
    version.published_at = at
    version.save()
    assert tried(happened, branch, at).is_empty
    assert tried(version, branch, at).outcome.after == 2_000


def test_other_branches_and_other_months_do_not_count(happened, branch, at):
    other = Branch.objects.create(name="Krowodrza", created_at=at)
    assert tried(happened, other, at).is_empty
    assert tried(happened, branch, at, period=read("2026-08")).is_empty
    assert tried(happened, branch, at, period=read("2026-10")).outcome.after == 1_000


def test_a_draft_without_rows_must_be_mended_first(happened, branch, at):
    draft = PlanVersion.objects.create(
        plan=happened.plan, number=2, valid_from=at, hold_days=0, clawback_days=0
    )
    assert [problem.code for problem in tried(draft, branch, at).wrong] == ["plan_empty"]
    Component.objects.create(version=draft, position=1, fact_kind="sale", shape="whole")
    found = tried(draft, branch, at)
    assert found.wrong
    assert not found.is_empty
