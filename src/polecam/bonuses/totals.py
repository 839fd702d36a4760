# ruff: noqa: S608 - built from compiled plans (integers); values are parameters
"""What seller's months bring by each component, without lines: one GROUP BY over the facts.

The facts are summed once by seller, month, version and kind (what was taken back is subtracted);
the tiers, caps and conditions then run over those few rows. Only a component with a budget is
computed fact by fact, since it is spent in the order of receipt.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from polecam.bonuses import compile as compiler
from polecam.bonuses import earning, proration, statements
from polecam.bonuses.compile import COUNTED, Compiled, Part, capped, case, tier, units, window
from polecam.bonuses.sql import Query
from polecam.kit.money import WHOLE_BP


class Total(NamedTuple):
    """What one component brings one seller for one month. `units`: what it measured (basis points
    of facts, or grosze); of a flat component, what it gave before a cap or condition."""

    person_id: int
    component_id: int
    month: str
    units: int
    grosze: int


@dataclass(frozen=True)
class Facts:
    """Which facts are summed; None: all of them.

    A seller's month is computed from these facts alone, so leave `branches` out where what a seller
    earned is wanted, not what a branch would have paid.
    """

    months: Collection[str] | None = None
    branches: Collection[int] | None = None
    people: Collection[int] | None = None

    @property
    def query(self) -> Query:
        """Over `bonuses_creditedfact f`."""
        arms: list[str] = ["1 = 1"]
        params: list[int | str] = []
        for column, values in (
            ("month", self.months),
            ("branch_id", self.branches),
            ("person_id", self.people),
        ):
            if values is not None:
                marks = ", ".join(["%s"] * len(values)) or "NULL"
                arms.append(f"f.{column} IN ({marks})")
                params += sorted(values)
        return Query(" AND ".join(arms), tuple(params))


def totals(
    *,
    months: Collection[str] | None = None,
    branches: Collection[int] | None = None,
    people: Collection[int] | None = None,
    version: int | None = None,
    factors: Mapping[str, int] | None = None,
) -> list[Total]:
    """What every seller earns by every component in every month; nothing is written.

    `months` (`YYYY-MM`), `branches` (ids) and `people` (ids) choose the facts; None: all. Kept
    facts only: what was taken back does not count. Each fact is paid by its own version; given
    `version` (an id, a draft's too), all of them are paid by that one instead, whoever it covers:
    that is a simulation. `factors` is a what-if: kind of fact -> basis points by which its measures
    are scaled (12,000: a fifth more of them), rounded once a seller and month.

    Without `version` and `factors` the sums are those of the lines, to the grosz (invariant 9), as
    long as whole months are asked for. Totals of nothing are left out. Sorted by person, component,
    month. A budget is spent in the order of receipt: own versions' over all months, a simulated
    one's over the facts that were asked for.
    """
    facts = Facts(months, branches, people)
    plan = (
        compiler.of_version(version)
        if version
        else compiler.of_rows(_fetch(statements.versions(facts.query)))
    )
    if not plan.parts:
        return []
    scale = {kind: bp for kind, bp in (factors or {}).items() if bp != WHOLE_BP}
    part_time = _part_time(plan, facts)
    found = [
        Total._make(row) for row in _fetch(_summed(plan, facts, part_time, scale, bool(version)))
    ]
    for part in plan.budgets:
        found += _spent(part, facts, part_time, scale, simulated=bool(version))
    return sorted(found)


def _fetch(query: Query) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query.text, query.values)
        return cursor.fetchall()


def _part_time(plan: Compiled, facts: Facts) -> proration.Factors:
    plans = {part.plan_id for part in plan.parts if part.scaled}
    if plan.budgets:  # spent by everybody, in every month
        return proration.factors(plans, None)
    return proration.factors(plans, facts.months, facts.people)


# --- one GROUP BY ---------------------------------------------------------------------------------


class _Slots:
    """The sums each group of facts (version and kind) needs: alike ones share a column.

    `counted`, the facts in basis points, is a column of its own; what a group has no use for is
    NULL, which a sum passes over quickest.
    """

    def __init__(self, parts: Iterable[Part], *, one_version: bool) -> None:
        self.one_version = one_version
        self.groups: dict[tuple[int, str], list[str]] = {}
        self.place: dict[int, str] = {}
        for part in parts:
            group = self.groups.setdefault((part.version_id, part.fact_kind), [])
            wanted = _units(part)
            if wanted == COUNTED:
                self.place[part.id] = "counted"
                continue
            if wanted not in group:
                group.append(wanted)
            self.place[part.id] = f"s{group.index(wanted)}"

    def columns(self) -> dict[str, str]:
        """The expressions over `f`, by name."""
        width = max((len(group) for group in self.groups.values()), default=0)
        return {"counted": COUNTED} | {f"s{n}": self._column(n) for n in range(width)}

    def _column(self, slot: int) -> str:
        arms = [
            (self._is(key), group[slot]) for key, group in self.groups.items() if len(group) > slot
        ]
        return case(arms, "NULL")

    def _is(self, key: tuple[int, str]) -> str:
        version, kind = key
        named = f"f.kind = '{kind}'"
        return named if self.one_version else f"f.version_id = {version} AND {named}"


def _units(part: Part) -> str:
    """What one fact adds to a component's sum for the month, over `f`."""
    bounds = [found] if (found := window(part, "f.confirmed_at")) else []
    if part.months:
        bounds.append(f"f.ordinal = {part.months}")
    return case([(" AND ".join(bounds), units(part))], "NULL") if bounds else units(part)


def _summed(
    plan: Compiled,
    facts: Facts,
    part_time: proration.Factors,
    scale: Mapping[str, int],
    simulated: bool,
) -> Query:
    parts = plan.plain + plan.cells
    slots = _Slots(parts, one_version=simulated or len({part.version_id for part in parts}) == 1)
    sums, params = _sums(slots, facts, simulated)
    # what a condition counts stands in every row of the month: a join would be guessed at wrongly
    needs = "".join(
        f", CAST(SUM(CASE WHEN kind = '{kind}' THEN counted ELSE 0 END)"
        f" OVER (PARTITION BY person_id, month) AS bigint) AS n_{kind}"
        for kind in sorted({part.needs_kind for part in parts if part.needs_kind})
    )
    ctes = [f"grouped AS ({sums})", f"sums AS (SELECT grouped.*{needs} FROM grouped)"]
    if part_time:
        rows = earning.part_time(part_time).sql
        ctes.append(f"part_time (plan_id, person_id, month, factor) AS ({rows})")
    selects = [_of_part(part, slots, part_time, scale, simulated) for part in parts]
    selects = selects or ["SELECT 0, 0, '', 0, 0 WHERE 1 = 0"]
    return Query(f"WITH {', '.join(ctes)} {' UNION ALL '.join(selects)}", params)


def _sums(slots: _Slots, facts: Facts, simulated: bool) -> tuple[str, tuple]:
    """By seller, month, version and kind: every slot, and the facts counted."""
    keys = ["f.person_id", "f.month", "f.kind"] + ([] if simulated else ["f.version_id"])
    names = ["person_id", "month", "kind"] + ([] if simulated else ["version_id"])
    columns, where = slots.columns(), facts.query

    def grouped(sign: str, source: str, kept: str) -> str:
        named = [f"{sign}SUM({column}) AS {name}" for name, column in columns.items()]
        return (
            f"SELECT {', '.join(keys)}, {', '.join(named)} FROM {source}"
            f" WHERE {kept} AND {where.sql} GROUP BY {', '.join(keys)}"
        )

    written = grouped("", "bonuses_creditedfact f", "f.reverses_id IS NULL")
    taken_back = grouped(
        "-",
        "bonuses_creditedfact back JOIN bonuses_creditedfact f ON f.id = back.reverses_id",
        "back.reverses_id IS NOT NULL",
    )
    summed = ", ".join(f"CAST(SUM({name}) AS bigint) AS {name}" for name in columns)
    named = ", ".join(names)
    both = f"SELECT {named}, {summed} FROM ({written} UNION ALL {taken_back}) both_ways"
    return f"{both} GROUP BY {named}", where.params * 2


def _of_part(
    part: Part,
    slots: _Slots,
    part_time: proration.Factors,
    scale: Mapping[str, int],
    simulated: bool,
) -> str:
    """One component over the sums: tier, cap, condition."""
    summed = _scaled(f"COALESCE(s.{slots.place[part.id]}, 0)", scale.get(part.fact_kind))
    own = "" if simulated else f" AND s.version_id = {part.version_id}"
    needed = f"s.n_{part.needs_kind}" if part.needs_kind else "0"
    joins = ""
    prorated = bool(part_time) and part.scaled
    if prorated:
        joins += (
            f" LEFT JOIN part_time k ON k.plan_id = {part.plan_id} AND k.person_id = u.person_id"
            " AND k.month = u.month"
        )
    factor = "COALESCE(k.factor, 10000)" if prorated else ""
    amount = capped(part, f"({tier(part, 'u.units', 'u.units', factor)})", factor)
    if part.needs_kind:
        counted = _scaled("u.needed", scale.get(part.needs_kind))
        amount = f"CASE WHEN {compiler.allowed(part, counted)} THEN {amount} ELSE 0 END"
    return (
        f"SELECT r.person_id, r.component_id, r.month, r.units, r.amount FROM ("
        f"SELECT u.person_id, {part.id} AS component_id, u.month, u.units, {amount} AS amount"
        f" FROM (SELECT s.person_id, s.month, {summed} AS units, {needed} AS needed FROM sums s"
        f" WHERE s.kind = '{part.fact_kind}'{own}) u{joins}) r WHERE r.amount <> 0"
    )


def _scaled(units: str, bp: int | None) -> str:
    return units if bp is None else f"({units} * {bp} + {WHOLE_BP // 2}) / {WHOLE_BP}"


def _spent(
    part: Part,
    facts: Facts,
    part_time: proration.Factors,
    scale: Mapping[str, int],
    *,
    simulated: bool,
) -> list[Total]:
    """A component with a budget, fact by fact in the order of receipt."""
    rows = earning.spending(part, part_time, scale, everywhere=facts.query if simulated else None)
    where = facts.query
    query = rows.then(
        "spent",
        "SELECT f.person_id, e.component_id, f.month, CAST(SUM(e.amount) AS bigint),"
        " CAST(SUM(e.amount) AS bigint) FROM spent e"
        f" JOIN bonuses_creditedfact f ON f.id = e.fact_id WHERE {where.sql}"
        " GROUP BY f.person_id, e.component_id, f.month HAVING SUM(e.amount) <> 0",
        where.params,
    )
    return [Total(*row) for row in _fetch(query)]
