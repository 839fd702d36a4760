"""Writing a draft: kept as typed, by whoever may, and never over somebody else's words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from polecam.actions import plan_drafts
from polecam.bonuses.models import Band, Component, Plan, PlanVersion
from polecam.bonuses.planning.draft import ONE, DraftBand, DraftComponent
from polecam.bonuses.planning.queries import draft_of, may_write, problems_of
from polecam.bonuses.planning.templates import CODES
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from tests.cast import ZONE, person
from tests.plans.drafts import MEETING, SALE, table

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def begun(branch, tomek, at) -> PlanVersion:
    """The branch's first draft, by its boss, from the bank's template."""
    return plan_drafts.start(by=tomek, at=at, branch=branch, name="Plan oddziału", template="bank")


def test_a_boss_begins_the_plan_of_the_own_branch(begun, branch, tomek, at):
    assert (begun.number, begun.plan.branch, begun.template) == (1, branch, "bank")
    assert day_of(begun.valid_from, ZONE).day == 1
    assert begun.valid_from > at
    assert [one.fact_kind for one in draft_of(begun).components] == [
        "consent",
        "meeting",
        "sale",
        "coached",
    ]
    assert Event.objects.get(kind="plan.draft_started").by_id == tomek.pk


@pytest.mark.parametrize("code", CODES)
def test_every_template_becomes_a_draft_that_only_warns(branch, tomek, at, code):
    made = plan_drafts.start(by=tomek, at=at, branch=branch, name="Plan", template=code)
    assert {one.severity for one in problems_of(made, at)} <= {"warning"}


def test_the_firms_plan_is_the_admins(plan, tomek, ada, marta, at):
    with pytest.raises(NotAllowed):
        plan_drafts.start(by=tomek, at=at, plan=plan.plan)
    assert plan_drafts.start(by=ada, at=at, copy_of=plan).plan == plan.plan
    assert not may_write(marta, plan.plan)


def test_nobody_writes_another_branchs_plan(begun, at):
    from polecam.organisation.models import Branch

    elsewhere = Branch.objects.create(name="Oddział Nowa Huta", created_at=at)
    boss = person(elsewhere, "manager", "Olga", "Nowak", "f", at=at)
    with pytest.raises(NotAllowed):
        plan_drafts.discard(by=boss, at=at, version=begun)
    with pytest.raises(Refused, match="plan_copy"):  # nor begins from what they may not read
        plan_drafts.start(by=boss, at=at, branch=elsewhere, name="Nasz", copy_of=begun)


def test_a_copy_has_everything_but_special_actions(plan, ada, at):
    made = plan_drafts.start(by=ada, at=at, copy_of=plan, plan=plan.plan)
    assert made.based_on == plan
    assert made.number == 2
    assert replace(draft_of(made), valid_from=plan.valid_from) == draft_of(plan)


def test_one_draft_of_a_plan_at_a_time(begun, branch, tomek, at):
    with pytest.raises(Refused, match="plan_draft_exists"):
        plan_drafts.start(by=tomek, at=at, branch=branch)
    plan_drafts.discard(by=tomek, at=at, version=begun)
    again = plan_drafts.start(by=tomek, at=at, branch=branch, template="telco")
    assert again.number == 1
    assert Plan.objects.count() == 1
    assert not Component.objects.exclude(version=again).exists()


def test_a_further_plan_has_its_own_name_and_covers_nobody_yet(begun, branch, tomek, at):
    more = plan_drafts.found(by=tomek, at=at, branch=branch, name="  Plan   nowych ")
    assert (more.plan.name, more.plan.covers_all) == ("Plan nowych", False)
    assert plan_drafts.rename(by=tomek, at=at, plan=more.plan, name="Nowi").name == "Nowi"
    for name in ("", "x" * 81):
        with pytest.raises(Refused, match="plan_name"):
            plan_drafts.found(by=tomek, at=at, branch=branch, name=name)


def test_what_was_typed_is_kept_with_its_mistakes(begun, tomek, at):
    typed = replace(
        draft_of(begun),
        components=(table((0, 5, 4_000), (7, 9, 5_000)), replace(SALE, vests_after="handoff")),
        hold_days=0,
        pool_bp=1_500,
    )
    plan_drafts.save(by=tomek, at=at, version=begun, draft=typed, seen=begun.written_at)
    begun.refresh_from_db()
    assert draft_of(begun) == typed
    assert {"band_gap", "bands_end", "vesting_never", "regulated_hold"} <= {
        one.code for one in problems_of(begun, at)
    }


@pytest.mark.parametrize(
    ("component", "code", "field"),
    [
        (replace(MEETING, amount_grosze=-1), "plan_amounts", "components-1-amount_grosze"),
        (replace(SALE, rate_bp=100_000), "plan_amounts", "components-1-rate_bp"),
        (DraftComponent("ask", amount_grosze=1), "choice_unknown", "components-1-fact_kind"),
        (replace(MEETING, hold_days=-3), "plan_days", "components-1-hold_days"),
        (table((0, 5, 1), (5, 4, 1)), "plan_band_backwards", "components-1-bands-2-upper"),
        (table((0, 5, 1), (0, None, 1)), "plan_band_twice", "components-1-bands-2-lower"),
        (
            replace(MEETING, needs_kind="sale", needs_least=70_000),
            "plan_condition",
            "components-1-needs_least",
        ),
    ],
)
def test_what_no_table_can_hold_is_refused_at_its_field(begun, tomek, at, component, code, field):
    before = draft_of(begun)
    with pytest.raises(Refused, match=code) as caught:
        plan_drafts.save(
            by=tomek,
            at=at,
            version=begun,
            draft=replace(before, components=(component,)),
            seen=None,
        )
    assert caught.value.field == field
    assert draft_of(begun) == before


def test_two_writers_never_overwrite_each_other(begun, tomek, ada, at):
    first = begun.written_at
    draft = draft_of(begun)
    plan_drafts.save(
        by=ada, at=at + SECOND, version=begun, draft=replace(draft, hold_days=40), seen=first
    )
    with pytest.raises(Refused, match="plan_draft_moved_on"):
        plan_drafts.save(
            by=tomek, at=at + SECOND, version=begun, draft=replace(draft, hold_days=50), seen=first
        )


def test_saving_the_same_again_writes_nothing(begun, tomek, at):
    plan_drafts.save(
        by=tomek, at=at + SECOND, version=begun, draft=draft_of(begun), seen=begun.written_at
    )
    begun.refresh_from_db()
    assert begun.written_at == at
    assert not Event.objects.filter(kind="plan.draft_saved").exists()


def test_a_plan_stays_short_enough_to_remember(begun, tomek, at):
    draft = replace(draft_of(begun), components=(MEETING,) * 41)
    with pytest.raises(Refused, match="plan_long"):
        plan_drafts.save(by=tomek, at=at, version=begun, draft=draft, seen=None)


def test_rows_are_kept_upwards(begun, tomek, at):
    upside_down = replace(
        MEETING,
        shape="marginal",
        amount_grosze=0,
        bands=(DraftBand(ONE, None, amount_grosze=2), DraftBand(0, ONE, amount_grosze=1)),
    )
    draft = replace(draft_of(begun), components=(upside_down,))
    plan_drafts.save(by=tomek, at=at, version=begun, draft=draft, seen=None)
    assert [band.lower for band in draft_of(begun).components[0].bands] == [0, ONE]
    assert Band.objects.count() == 2
