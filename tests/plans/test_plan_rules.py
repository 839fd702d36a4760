"""What a plan must keep to be published, and what wants a second look."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from polecam.bonuses import rules
from polecam.bonuses.planning import limits, templates
from polecam.bonuses.planning import rules as plan_rules
from polecam.bonuses.planning.band_rules import problems as of_bands
from polecam.bonuses.planning.draft import ONE, DraftBand, DraftComponent, DraftVersion, Problem
from tests.cast import ZONE
from tests.plans.drafts import DAY, MEETING, NOW, SALE, START, draft, rows, table


def problems(what: DraftVersion, *, regulated: bool = True, taken=()) -> list[Problem]:
    return plan_rules.problems(what, at=NOW, zone=ZONE, regulated=regulated, taken=taken)


def codes(what: DraftVersion, **more: object) -> set[str]:
    return {problem.code for problem in problems(what, **more)}


def test_the_usual_plan_has_no_problem():
    assert problems(draft()) == []


@pytest.mark.parametrize("code", templates.CODES)
def test_every_template_may_be_published_in_a_regulated_firm(code):
    found = problems(templates.build(code, START))
    assert plan_rules.errors(found) == []
    assert plan_rules.unkeepable(templates.build(code, START)) is None


@settings(max_examples=150)
@given(rows)
@example([(0, 3), (3, None)])
@example([(3, None), (0, 3)])
@example([(0, None), (3, None)])
def test_a_table_is_accepted_when_every_point_has_exactly_one_row(typed):
    bands = tuple(DraftBand(lower, upper, amount_grosze=1) for lower, upper in typed)
    component = DraftComponent("meeting", shape="marginal", bands=bands)
    accepted = not plan_rules.errors(list(of_bands(component, 1)))
    sound = all(upper is None or upper > lower for lower, upper in typed)
    points = range(10)  # borders are at most 8: a point beyond them stands for all further ones
    once = all(
        sum(lower <= point and (upper is None or point < upper) for lower, upper in typed) == 1
        for point in points
    )
    assert accepted == (sound and once)


@given(st.integers(0, 10**11), st.integers(0, 10**8), st.sampled_from(("count", "margin")))
@example(limits.LARGEST_EDGE["count"] - 1, limits.LARGEST_AMOUNT, "count")
@example(limits.LARGEST_EDGE["margin"] - 1, limits.LARGEST_RATE, "margin")
def test_what_is_accepted_the_engine_can_add_up(edge, pay, base):
    paid = {"amount_grosze": pay} if base == "count" else {"rate_bp": pay}
    rows = (DraftBand(0, edge + 1, **paid), DraftBand(edge + 1, None, **paid))
    component = DraftComponent("sale", base=base, shape="marginal", bands=rows)
    if not plan_rules.errors(list(of_bands(component, 1))):
        assert rules.within_bounds([rules.Row(row.lower, row.upper, pay) for row in rows])


@pytest.mark.parametrize(
    ("component", "code", "field"),
    [
        (DraftComponent("ask", amount_grosze=100), "kind_not_paid", "fact_kind"),
        (DraftComponent("complaint", amount_grosze=100), "kind_not_paid", "fact_kind"),
        (DraftComponent("meeting", base="margin", rate_bp=5), "base_not_measured", "base"),
        (DraftComponent("meeting", amount_grosze=-5), "amount_negative", "amount_grosze"),
        (DraftComponent("meeting"), "pays_nothing", "amount_grosze"),
        (DraftComponent("meeting", rate_bp=100), "rate_of_a_count", "rate_bp"),
        (replace(SALE, rate_bp=100_000), "rate_absurd", "rate_bp"),
        (replace(SALE, rate_bp=-1), "amount_negative", "rate_bp"),
        (replace(SALE, amount_grosze=5), "amount_and_rate", "amount_grosze"),
        (replace(SALE, rate_bp=0, amount_grosze=5), "amount_for_a_sum", "amount_grosze"),
        (replace(MEETING, amount_grosze=10**15), "amount_absurd", "amount_grosze"),
        (replace(MEETING, floor_grosze=5), "floor_without_rate", "floor_grosze"),
        (replace(MEETING, cap_grosze=-1), "amount_negative", "cap_grosze"),
        (replace(MEETING, months=3), "months_without_retained", "months"),
        (DraftComponent("retained", amount_grosze=5), "months_missing", "months"),
        (replace(MEETING, needs_least=2), "condition_without_kind", "needs_kind"),
        (replace(MEETING, needs_kind="sale"), "condition_empty", "needs_least"),
        (
            replace(MEETING, needs_kind="meeting", needs_least=2),
            "condition_on_itself",
            "needs_kind",
        ),
        (
            replace(MEETING, needs_kind="sale", needs_least=3, needs_most=2),
            "condition_never",
            "needs_most",
        ),
        (
            replace(MEETING, needs_kind="complaint", needs_least=1),
            "condition_wants_complaints",
            "needs_least",
        ),
        (replace(MEETING, vests_after="meeting"), "vests_on_itself", "vests_after"),
        (replace(MEETING, vests_after="coached"), "vesting_never", "vests_after"),
        (replace(MEETING, vests_after="handoff"), "vesting_never", "vests_after"),
        (replace(MEETING, vests_after="retained"), "retained_never", "vests_after"),
        (
            DraftComponent("coached", amount_grosze=5, vests_after="sale"),
            "vesting_never",
            "vests_after",
        ),
        (replace(MEETING, window_from=START), "window_half", "window_until"),
        (
            replace(MEETING, window_from=START + DAY, window_until=START, budget_grosze=9_000),
            "window_backwards",
            "window_until",
        ),
        (
            replace(
                MEETING, window_from=START - DAY, window_until=START + DAY, budget_grosze=9_000
            ),
            "window_before_version",
            "window_from",
        ),
        (
            replace(MEETING, window_from=START, window_until=START + DAY),
            "window_without_budget",
            "budget_grosze",
        ),
        (
            replace(MEETING, window_from=START, window_until=START + DAY, budget_grosze=3_999),
            "budget_below_one",
            "budget_grosze",
        ),
        (replace(MEETING, hold_days=0), "regulated_hold", "hold_days"),
        (DraftComponent("meeting", shape="whole"), "bands_missing", "bands"),
        (table((0, 5, 10), (5, None, 10), shape="accelerator"), "accelerator_slows", "bands"),
    ],
)
def test_a_sentence_that_may_not_be_published(component, code, field):
    found = plan_rules.errors(problems(draft(component)))
    assert (code, field, 1) in {(one.code, one.field, one.position) for one in found}


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"components": ()}, "plan_empty"),
        ({"valid_from": NOW - DAY}, "starts_in_past"),
        ({"hold_days": 0}, "regulated_hold"),
        ({"quality_gate": False}, "regulated_quality"),
        ({"clawback_days": 0}, "regulated_clawback"),
        ({"hold_days": -1}, "hold_absurd"),
        ({"clawback_days": 40_000}, "clawback_absurd"),
        ({"guarantee_grosze": -1}, "amount_negative"),
        ({"draw_grosze": 10**9}, "amount_absurd"),
        ({"guarantee_months": 3}, "guarantee_without_amount"),
        ({"pool_bp": 10_001}, "rate_absurd"),
        ({"leaver": "nobody"}, "choice_unknown"),
    ],
)
def test_terms_that_may_not_be_published(terms, code):
    found = plan_rules.errors(problems(draft(**terms)))
    assert code in {one.code for one in found}


def test_an_unregulated_firm_may_leave_hold_quality_and_clawback_out():
    free = draft(hold_days=0, clawback_days=0, quality_gate=False)
    assert plan_rules.errors(problems(free, regulated=False)) == []


def test_a_version_of_today_holds_from_its_approval_and_is_short_notice():
    today = draft(valid_from=NOW.replace(hour=1))
    assert codes(today) == {"short_notice"}
    assert plan_rules.starts(today.valid_from, NOW, ZONE) == NOW
    assert codes(draft(), taken={START}) == {"starts_taken"}


def test_a_cliff_is_said_with_its_figures():
    """All meetings by the row the month reached: the fifth brings 5 x 60 less 4 x 40."""
    (found,) = problems(draft(table((0, 5, 4_000), (5, None, 6_000), shape="whole")))
    assert (found.code, found.severity, found.row) == ("cliff", "warning", 2)
    assert found.figures == {
        "base": "count",
        "at": 5 * ONE,
        "before_grosze": 16_000,
        "after_grosze": 30_000,
        "jump_grosze": 14_000,
    }


def test_one_more_that_makes_the_total_fall_is_said():
    (found,) = problems(draft(table((0, 5, 4_000), (5, None, 1_000), shape="whole")))
    assert (found.code, found.figures["jump_grosze"]) == ("cliff_down", -11_000)


def test_the_same_rows_in_bands_jump_nowhere():
    assert codes(draft(table((0, 5, 6_000), (5, None, 4_000)))) == set()
    assert codes(draft(table((0, 5, 4_000), (5, None, 6_000)))) == {"faster_from"}


def test_an_accelerator_without_a_cap_wants_a_second_look():
    steps = table((0, 5, 4_000), (5, None, 6_000), shape="accelerator")
    assert codes(draft(steps)) == {"accelerator_without_cap", "faster_from"}


def test_budgets_of_several_actions_are_added_up():
    action = replace(MEETING, window_from=START, window_until=START + DAY, budget_grosze=50_000)
    both = draft(action, replace(action, fact_kind="consent"))
    (found,) = [one for one in problems(both) if one.code == "budgets_together"]
    assert found.figures == {"grosze": 100_000, "n": 2}


def test_only_what_no_table_can_hold_keeps_a_draft_from_being_kept():
    gap = draft(table((0, 5, 1), (7, None, 2)))
    assert "band_gap" in codes(gap)
    assert plan_rules.unkeepable(gap) is None
    backwards = draft(MEETING, table((0, 5, 1), (7, 6, 2)))
    problem = plan_rules.unkeepable(backwards)
    assert problem
    assert problem.code == "band_backwards"
    assert plan_rules.field_of(problem) == "components-2-bands-2-upper"
