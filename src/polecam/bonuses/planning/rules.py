"""Whether a plan may be published: every rule of a version, pure, with figures for its sentence.

Regulated firms: EBA/GL/2016/06 (remuneration in retail sales) asks for a quality criterion, and
for pay that can be held and asked back.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from polecam.bonuses.planning import component_rules as plan_component_rules
from polecam.bonuses.planning import limits
from polecam.bonuses.planning.component_rules import error, warning
from polecam.bonuses.planning.draft import DraftComponent, DraftVersion, Problem, Severity
from polecam.kit.periods import day_of

LEAVERS = ("seller", "holder", "pool")
POOL_RULES = ("equal", "part_time", "help")
UNKEEPABLE = {
    "amount_negative": "plan_amounts",
    "amount_absurd": "plan_amounts",
    "rate_absurd": "plan_amounts",
    "amount_and_rate": "plan_amounts",
    "pays_nothing": "plan_amounts",
    "rate_of_a_count": "plan_amounts",
    "amount_for_a_sum": "plan_amounts",
    "amount_beside_bands": "plan_amounts",
    "hold_absurd": "plan_days",
    "clawback_absurd": "plan_days",
    "months_missing": "plan_days",
    "condition_never": "plan_condition",
    "band_negative": "plan_band_backwards",
    "band_absurd": "plan_amounts",
    "band_backwards": "plan_band_backwards",
    "band_twice": "plan_band_twice",
    "window_backwards": "plan_window_backwards",
    "choice_unknown": "choice_unknown",
    "kind_not_paid": "choice_unknown",
}
"""Codes of problems that even a draft may not have, and the refusal each becomes: the tables could
not hold them, or nobody could mean them."""


def problems(
    draft: DraftVersion,
    *,
    at: datetime,
    zone: str,
    regulated: bool,
    taken: Collection[datetime] = (),
) -> list[Problem]:
    """Everything wrong with a draft at `at`: version first, then component by component.

    `regulated`: of the firm. `taken`: from when other published versions of the plan hold. Without
    errors it may be published; warnings want to be read.
    """
    found = [
        *_start(draft, at, zone, taken),
        *_terms(draft, regulated=regulated),
        *_money(draft),
        *_together(draft.components),
    ]
    for position, component in enumerate(draft.components, start=1):
        found += plan_component_rules.problems(
            component, position, valid_from=draft.valid_from, regulated=regulated
        )
    return found


def errors(found: Collection[Problem]) -> list[Problem]:
    """Those that keep the version from being published."""
    return [problem for problem in found if problem.severity is Severity.ERROR]


def unkeepable(draft: DraftVersion) -> Problem | None:
    """The first thing that not even a draft may hold (`UNKEEPABLE`), None: it can be kept."""
    found = [*_terms(draft, regulated=False), *_money(draft)]
    for position, component in enumerate(draft.components, start=1):
        found += plan_component_rules.problems(
            component, position, valid_from=draft.valid_from, regulated=False
        )
    return next((problem for problem in errors(found) if problem.code in UNKEEPABLE), None)


def field_of(problem: Problem) -> str:
    """The form's field: `hold_days`, `components-2-rate_bp`, `components-2-bands-1-upper`."""
    if problem.position is None:
        return problem.field
    if problem.row is None or problem.field == "bands":
        return f"components-{problem.position}-{problem.field}"
    return f"components-{problem.position}-bands-{problem.row}-{problem.field}"


def starts(valid_from: datetime, at: datetime, zone: str) -> datetime:
    """From when a version holds that is published at `at`: one meant from today on, from now on."""
    if valid_from < at and day_of(valid_from, zone) == day_of(at, zone):
        return at
    return valid_from


def _start(
    draft: DraftVersion, at: datetime, zone: str, taken: Collection[datetime]
) -> Iterator[Problem]:
    start = starts(draft.valid_from, at, zone)
    if start < at:
        yield error("starts_in_past", "valid_from")
        return
    if start in taken:
        yield error("starts_taken", "valid_from")
    days = (day_of(start, zone) - day_of(at, zone)).days
    if days < limits.NOTICE_DAYS:
        yield warning("short_notice", "valid_from", days=days, wanted=limits.NOTICE_DAYS)


def _terms(draft: DraftVersion, *, regulated: bool) -> Iterator[Problem]:
    if not 0 <= draft.hold_days <= limits.LONGEST_HOLD:
        yield error("hold_absurd", "hold_days", most=limits.LONGEST_HOLD)
    if not 0 <= draft.clawback_days <= limits.LONGEST_CLAWBACK:
        yield error("clawback_absurd", "clawback_days", most=limits.LONGEST_CLAWBACK)
    elif 0 < draft.clawback_days < draft.hold_days:
        yield warning(
            "clawback_within_hold",
            "clawback_days",
            hold=draft.hold_days,
            clawback=draft.clawback_days,
        )
    if draft.leaver not in LEAVERS:
        yield error("choice_unknown", "leaver")
    if draft.pool_rule not in POOL_RULES:
        yield error("choice_unknown", "pool_rule")
    if regulated:
        if not draft.quality_gate:
            yield error("regulated_quality", "quality_gate")
        if draft.hold_days < 1:
            yield error("regulated_hold", "hold_days")
        if draft.clawback_days < 1:
            yield error("regulated_clawback", "clawback_days")


def _money(draft: DraftVersion) -> Iterator[Problem]:
    for field in ("guarantee_grosze", "draw_grosze"):
        value = getattr(draft, field)
        if value < 0:
            yield error("amount_negative", field)
        elif value > limits.LARGEST_AMOUNT:
            yield error("amount_absurd", field, most=limits.LARGEST_AMOUNT)
    if not 0 <= draft.guarantee_months <= limits.LONGEST_MONTHS:
        yield error("hold_absurd", "guarantee_months", most=limits.LONGEST_MONTHS)
    elif draft.guarantee_months and not draft.guarantee_grosze:
        yield error("guarantee_without_amount", "guarantee_grosze")
    if 0 < draft.draw_grosze <= draft.guarantee_grosze and not draft.guarantee_months:
        yield warning("draw_below_guarantee", "draw_grosze")
    if not 0 <= draft.pool_bp <= limits.LARGEST_RATE:
        yield error("rate_absurd", "pool_bp", rate_bp=draft.pool_bp)


def _together(components: Collection[DraftComponent]) -> Iterator[Problem]:
    if not components:
        yield error("plan_empty", "components")
    budgets = [one.budget_grosze for one in components if one.budget_grosze > 0]
    if sum(budgets) > limits.LARGEST_SUM:
        yield error("amount_absurd", "components", most=limits.LARGEST_SUM)
    elif len(budgets) > 1:
        yield warning("budgets_together", "components", grosze=sum(budgets), n=len(budgets))
    seen: set[tuple[object, ...]] = set()
    for position, one in enumerate(components, start=1):
        measure = (one.fact_kind, one.base, one.months, one.window_from, one.window_until)
        if measure in seen:
            yield Problem(
                "paid_twice",
                Severity.WARNING,
                position,
                field="fact_kind",
                figures={"kind": one.fact_kind},
            )
        seen.add(measure)
    yield from _retained(components)


def _retained(components: Collection[DraftComponent]) -> Iterator[Problem]:
    """A sale is counted as retained only where a sentence says after how many months."""
    if any(one.fact_kind == "retained" for one in components):
        return
    for position, one in enumerate(components, start=1):
        for field in ("vests_after", "needs_kind"):
            if getattr(one, field) == "retained":
                yield Problem(
                    "retained_never",
                    position=position,
                    field=field,
                    figures={"kind": "retained"},
                )
