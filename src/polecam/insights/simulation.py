"""A plan version tried out on a past period, or on the same period as it might have gone.

Before: what was really credited, by the versions that held then. After: what the version would
credit for the same facts, or, in a what-if, for their measures scaled by whole percentages. Nobody
is assumed to act otherwise because of the plan. Reads only; amounts are gross, in grosze.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from polecam.bonuses.models import Base, Component, FactKind, PlanVersion
from polecam.bonuses.planning.draft import Problem
from polecam.bonuses.pool.rules import time_of
from polecam.insights import parameters
from polecam.insights import simulation_facts as facts
from polecam.insights.simulation_engine import Totals, part_time, summed, totals
from polecam.insights.simulation_facts import Named, Reach, Row
from polecam.insights.simulation_gaming import Cell, Gaming, bunching, near_edge, splitting
from polecam.insights.simulation_outcome import (
    AS_IT_WAS,
    Outcome,
    PayBack,
    PoolPreview,
    Spending,
    WhatIf,
    outcome,
    pays_back,
    per_sale,
)
from polecam.insights.simulation_period import Period
from polecam.insights.simulation_plan import components_of, terms_of, to_mend, whom
from polecam.insights.simulation_terms import Terms
from polecam.kit.money import WHOLE_BP, half_up
from polecam.kit.periods import next_month, previous_month

NOBODY, UNPLAYED = Outcome(()), Gaming()


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence of the version: what it would have paid, and for how much."""

    component: Component
    grosze: int
    measure: int


@dataclass(frozen=True, slots=True)
class MonthSum:
    """One month of the period, before and after."""

    month: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """Everything a page shows. `counts` before and `counts_after`: basis points of one by kind of
    fact; `wrong`: what must be mended first, then nothing else is filled."""

    version: PlanVersion
    period: Period
    what_if: WhatIf
    wrong: tuple[Problem, ...] = ()
    outcome: Outcome = NOBODY
    people: Mapping[int, Named] | None = None
    counts: Mapping[str, int] | None = None
    counts_after: Mapping[str, int] | None = None
    parts: tuple[Part, ...] = ()
    months: tuple[MonthSum, ...] = ()
    pay_back: PayBack | None = None
    cost_of_client: int | None = None
    pool: PoolPreview | None = None
    spending: tuple[Spending, ...] = ()
    gaming: Gaming = UNPLAYED

    @property
    def is_empty(self) -> bool:
        """Nothing happened in the period that could be counted."""
        return not self.wrong and not self.counts

    @property
    def before_per_sale(self) -> int | None:
        """Cost of one sale then."""
        return per_sale(self.outcome.before, (self.counts or {}).get(FactKind.SALE, 0))

    @property
    def after_per_sale(self) -> int | None:
        """Cost of one sale by this version."""
        return per_sale(self.outcome.after, (self.counts_after or {}).get(FactKind.SALE, 0))


def simulate(
    version: PlanVersion,
    *,
    period: Period,
    branches: tuple[int, ...],
    at: datetime,
    zone: str,
    business: str = "",
    what_if: WhatIf = AS_IT_WAS,
) -> Simulation:
    """Try `version` out. `branches`: ids of those whose facts count, already allowed to the reader;
    one of them: its own cost of a client, else the firm's."""
    components = components_of(version)
    wrong = to_mend(version, components)
    if wrong:
        return Simulation(version, period, what_if, wrong=tuple(wrong))
    terms = [terms_of(component) for component in components]
    reach = Reach(period.months, *whom(version, branches, at))
    curved = any(not one.is_linear for one in terms)
    around = replace(reach, months=_around(period)) if curved else reach
    rows = facts.measures(around, terms, zone)
    within = [row for row in rows if row.month in period.months]
    if not within:
        return Simulation(version, period, what_if)
    factors = what_if.factors()
    before = facts.credited(reach, {row.person_id for row in within})
    after = totals(version, reach, factors)
    sums = outcome(summed(before.amounts, 0), after.by_person())
    cells = facts.cells(rows, part_time(version, around, terms), factors)
    inside = [cell for cell in cells if cell.month in period.months]
    found = Simulation(
        version,
        period,
        what_if,
        outcome=sums,
        people={one.person_id: before.people[one.person_id] for one in sums.sellers},
        counts=_counts(within),
        counts_after=_counts(within, factors),
        parts=_parts(components, terms, after, inside),
        months=_months(period, summed(before.amounts, 1), after.by_month()),
        gaming=Gaming(splitting(terms, inside), bunching(terms, cells), near_edge(terms, inside)),
        spending=tuple(
            Spending(one.position, after.by_component().get(one.id, 0), one.budget_grosze)
            for one in terms
            if one.budget_grosze
        ),
    )
    own_branch = branches[0] if len(branches) == 1 else None
    return _with_savings(found, parameters.in_force(at, business=business, branch=own_branch))


def _around(period: Period) -> tuple[str, ...]:
    """The period with a month at either end, so that its outer borders can be crossed, too."""
    return (previous_month(period.first), *period.months, next_month(period.last))


def _counts(rows: Iterable[Row], kinds_bp: Mapping[str, int] | None = None) -> dict[str, int]:
    """Kind of fact -> how many, in basis points of one; parts of sellers make wholes again."""
    counts: dict[str, int] = {}
    for row in rows:
        factor = (kinds_bp or {}).get(row.kind, WHOLE_BP)
        counts[row.kind] = counts.get(row.kind, 0) + row.measure.scaled(factor).count_bp
    return counts


def _parts(
    components: Iterable[Component], terms: Iterable[Terms], after: Totals, cells: Iterable[Cell]
) -> tuple[Part, ...]:
    measured: dict[tuple[str, str], int] = {}
    for cell in cells:
        for kind, measure in cell.whole.items():
            for base in Base.values:
                key = kind, base
                measured[key] = measured.get(key, 0) + measure.of(base)
    paid = after.by_component()
    return tuple(
        Part(component, paid.get(one.id, 0), measured.get((one.kind, one.base), 0))
        for component, one in zip(components, terms, strict=True)
    )


def _months(
    period: Period, before: Mapping[str, int], after: Mapping[str, int]
) -> tuple[MonthSum, ...]:
    return tuple(
        MonthSum(month, before.get(month, 0), after.get(month, 0)) for month in period.months
    )


def _with_savings(found: Simulation, known: parameters.Parameters) -> Simulation:
    """Set against what a client costs otherwise, where the firm has entered it."""
    otherwise = known.cost_of_client
    sales_bp = (found.counts_after or {}).get(FactKind.SALE, 0)
    pool = None
    if otherwise is not None and found.version.pool_bp:
        each = time_of(
            known.value("ask_minutes"),
            known.value("follow_minutes"),
            known.value("hour_cost_grosze"),
        )
        pool = PoolPreview(
            sales_bp,
            half_up(otherwise * sales_bp, WHOLE_BP),
            found.outcome.after,
            half_up(each * sales_bp, WHOLE_BP),
            found.version.pool_bp,
        )
    return replace(
        found,
        cost_of_client=otherwise,
        pool=pool,
        pay_back=pays_back(found.outcome.difference, otherwise, found.after_per_sale),
    )
