# ruff: noqa: S608 - built from constants and compiled plans (integers); values are parameters
"""What facts earn, as SQL: plain components fact by fact, others by what a month adds up to.

Sums are cast to bigint before anything multiplies or divides them: the databases disagree on the
type of a sum, and with it on division. `/` between integers cuts towards zero on both.
docs/adr/0021-the-engine.md has the law, tests/bonuses/reference.py the same in plain Python.
"""

from collections.abc import Iterable, Mapping

from django.db import connection

from polecam.bonuses import compile as compiled
from polecam.bonuses.compile import Compiled, Part
from polecam.bonuses.sql import Query, half_up, part_of
from polecam.kit.money import WHOLE_BP

KEPT = (
    "f.reverses_id IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM bonuses_creditedfact back WHERE back.reverses_id = f.id)"
)
"""Over `bonuses_creditedfact f`: takes nothing back and was not taken back."""
PAYS = "c.version_id = f.version_id AND c.fact_kind = f.kind"
"""A component pays for its own version's facts of its kind, a retained sale after its months."""

Factors = Mapping[tuple[int, int, str], int]
"""Plan id, person id and month -> basis points of full time; nobody else is part-time."""


MEASURED = "CASE c.base WHEN 'value' THEN f.value_grosze ELSE f.base_grosze END"
GIVEN = (
    f"CASE WHEN w.rate_bp > 0 THEN {half_up('w.measured * w.rate_bp', WHOLE_BP)}"
    " ELSE w.amount_grosze END"
)
"""What a flat component gives for a whole fact, before its floor (bonuses.rules.whole_of)."""
IN_WINDOW = (
    "(c.window_from IS NULL OR f.confirmed_at >= c.window_from)"
    " AND (c.window_until IS NULL OR f.confirmed_at < c.window_until)"
)
SCOPED = "(c.months = 0 OR c.fact_kind <> 'retained' OR f.ordinal = c.months)"


def held_until(vendor: str) -> str:
    """The end of the hold: the version's (on the fact), or the component's own days."""
    own = {
        "postgresql": "f.confirmed_at + c.hold_days * interval '24 hours'",
        # in UTC every day has 24 hours: only the date moves, the time of day stays as it is
        "sqlite": (
            "date(f.confirmed_at, '+' || c.hold_days || ' days') || substr(f.confirmed_at, 11)"
        ),
    }[vendor]
    return f"CASE WHEN c.hold_days IS NULL THEN f.vests_at ELSE {own} END"


def expected(plan: Compiled, where: Query, factors: Factors, alone: Query | None = None) -> Query:
    """What every kept fact under `where` earns: fact_id, component_id, person_id, month (in which
    it counts), vests_at, whole, amount. `where` is about `f` and holds whole months of sellers;
    a component with a budget is computed for everybody, from its first month on. `alone`: whose
    plain components are looked at, where not all of them need it."""
    found = {}
    if plan.plain:
        found["plain"] = _plain(plan.plain, alone or where)
    if plan.cells:
        found["cells"] = _cells("cell", plan.cells, where, factors)
    found |= {f"budget_{part.id}": spending(part, factors) for part in plan.budgets}
    if not found:
        return Query(NOTHING)
    columns = "fact_id, component_id, person_id, month, vests_at, whole, amount"
    union = " UNION ALL ".join(f"SELECT {columns} FROM {name}" for name in found)
    (name, first), *others = found.items()
    return first.then(name, union, (), **dict(others))


NOTHING = (
    "SELECT f.id AS fact_id, 0 AS component_id, f.person_id, f.month, f.vests_at, 0 AS whole,"
    " 0 AS amount FROM bonuses_creditedfact f WHERE 1 = 0"
)


def _ids(parts: Iterable[Part]) -> str:
    return ", ".join(str(part.id) for part in parts)


def _facts(parts: Iterable[Part], where: Query, columns: str, *, simulated: bool = False) -> Query:
    """Facts `f` with the components `c` that pay for them, and these columns besides."""
    pays = "c.fact_kind = f.kind" if simulated else PAYS
    # only what some component has need of: on PostgreSQL an event costs mostly planning
    until = held_until(connection.vendor) if any(part.own_hold for part in parts) else "f.vests_at"
    bounds = f" AND {SCOPED}" if any(part.months for part in parts) else ""
    if any(part.window_from or part.window_until for part in parts):
        bounds += f" AND {IN_WINDOW}"
    return Query(
        "SELECT f.id AS fact_id, c.id AS component_id, f.person_id, f.month,"
        f" {until} AS vests_at, {columns}"
        f" FROM bonuses_creditedfact f JOIN bonuses_component c ON {pays}"
        f" WHERE c.id IN ({_ids(parts)}){bounds} AND {KEPT} AND {where.sql}",
        where.params,
    )


def _plain(parts: tuple[Part, ...], where: Query) -> Query:
    """Each fact by itself (bonuses.rules.whole_of, then kit.money.part_of)."""
    columns = (
        "f.share_bp, f.share_offset_bp, c.rate_bp, c.amount_grosze, c.floor_grosze,"
        f" CAST({MEASURED} AS bigint) AS measured"
    )
    own = "w.fact_id, w.component_id, w.person_id, w.month, w.vests_at"
    shares = "w.share_bp, w.share_offset_bp"
    given = _facts(parts, where, columns).then(
        "plain_facts",
        f"SELECT {own}, {shares}, w.floor_grosze, {GIVEN} AS given FROM plain_facts w",
    )
    whole = "CASE WHEN w.given < w.floor_grosze THEN w.floor_grosze ELSE w.given END AS whole"
    return given.then("plain_given", f"SELECT {own}, {shares}, {whole} FROM plain_given w").then(
        "plain_whole",
        f"SELECT {own}, w.whole, {part_of('w.whole', 'w')} AS amount FROM plain_whole w",
    )


def _cells(
    name: str,
    parts: tuple[Part, ...],
    where: Query,
    factors: Factors,
    scale: Mapping[str, int] | None = None,
    *,
    simulated: bool = False,
) -> Query:
    """By what a seller's month adds up to: sum up to each fact, tier, cap, condition.

    The order within a cell is that of the confirmations, whenever they were recorded."""
    scale = scale or {}
    others: dict[str, Query] = {}
    joins = ""
    prorated = bool(factors) and any(part.scaled for part in parts)
    if prorated:
        others[f"{name}_time (plan_id, person_id, month, factor)"] = part_time(factors)
        joins += (
            f" JOIN bonuses_component c ON c.id = w.component_id"
            " JOIN bonuses_planversion v ON v.id = c.version_id"
            f" LEFT JOIN {name}_time k ON k.plan_id = v.plan_id AND k.person_id = w.person_id"
            " AND k.month = w.month"
        )
    for kind in sorted({part.needs_kind for part in parts if part.needs_kind}):
        others[f"{name}_{kind}"] = _counted(kind, where, scale.get(kind))
        joins += (
            f" LEFT JOIN {name}_{kind} n_{kind} ON n_{kind}.person_id = w.person_id"
            f" AND n_{kind}.month = w.month"
        )
    amounts = [(f"w.component_id = {part.id}", _amount(part, prorated)) for part in parts]
    paid = _summed(name, _units(parts, where, scale, simulated=simulated)).then(
        f"{name}_summed",
        "SELECT w.fact_id, w.component_id, w.person_id, w.month, w.vests_at,"
        f" {compiled.case(amounts)} AS amount FROM {name}_summed w{joins}",
        (),
        **others,
    )
    return paid.then(
        f"{name}_paid",
        "SELECT r.fact_id, r.component_id, r.person_id, r.month, r.vests_at, r.amount AS whole,"
        f" r.amount FROM {name}_paid r",
    )


def part_time(factors: Factors) -> Query:
    """Plan, person, month and basis points as rows."""
    return Query(
        "VALUES " + ", ".join(f"({p}, {who}, '{m}', {k})" for (p, who, m), k in factors.items())
    )


def _amount(part: Part, prorated: bool) -> str:
    factor = "COALESCE(k.factor, 10000)" if prorated and part.scaled else ""
    until, since = (
        compiled.capped(part, f"({compiled.tier(part, reached, 'w.total', factor)})", factor)
        for reached in ("w.upto", "w.before")
    )
    amount = f"({until}) - ({since})"
    if part.needs_kind:
        counted = f"COALESCE(n_{part.needs_kind}.counted, 0)"
        return f"CASE WHEN {compiled.allowed(part, counted)} THEN {amount} ELSE 0 END"
    return amount


def _units(
    parts: tuple[Part, ...], where: Query, scale: Mapping[str, int], *, simulated: bool
) -> Query:
    """Facts with what each adds to the sum of the components that pay for it (`simulated`: whatever
    version they were written under)."""
    own = [(f"c.id = {part.id}", _scaled(part, scale.get(part.fact_kind))) for part in parts]
    return _facts(
        parts,
        where,
        f"f.confirmed_at, f.source, {compiled.case(own)} AS units",
        simulated=simulated,
    )


def _scaled(part: Part, bp: int | None) -> str:
    units = compiled.units(part)
    return units if bp is None else half_up(f"({units}) * {bp}", WHOLE_BP)


def _summed(name: str, units: Query) -> Query:
    """With the sums up to, before and of all their cell."""
    cell = "PARTITION BY m.component_id, m.person_id, m.month"
    row = f"OVER ({cell} ORDER BY m.confirmed_at, m.source, m.fact_id ROWS UNBOUNDED PRECEDING)"
    return units.then(
        f"{name}_units",
        "SELECT m.fact_id, m.component_id, m.person_id, m.month, m.vests_at,"
        f" CAST(SUM(m.units) {row} AS bigint) AS upto,"
        f" CAST(SUM(m.units) {row} AS bigint) - m.units AS before,"
        f" CAST(SUM(m.units) OVER ({cell}) AS bigint) AS total FROM {name}_units m",
    )


def _counted(kind: str, where: Query, bp: int | None) -> Query:
    """Facts of one kind by seller and month, in basis points of a whole one; scaled by `bp`."""
    counted = "CAST(SUM(f.share_bp) AS bigint)"
    counted = counted if bp is None else half_up(f"{counted} * {bp}", WHOLE_BP)
    return Query(
        f"SELECT f.person_id, f.month, {counted} AS counted"
        f" FROM bonuses_creditedfact f WHERE f.kind = '{kind}' AND {KEPT} AND {where.sql}"
        " GROUP BY f.person_id, f.month",
        where.params,
    )


def spending(
    part: Part,
    factors: Factors,
    scale: Mapping[str, int] | None = None,
    everywhere: Query | None = None,
) -> Query:
    """A special action: its cells, then what its budget still holds, by order of receipt.

    `everywhere`: a simulation, over these facts whatever version they were written under; `scale`:
    basis points by kind of fact, for a what-if (bonuses.totals)."""
    where = everywhere or Query(f"f.month >= '{part.first_month}'")
    name = f"spent_{part.id}"
    cells = _cells(name, (part,), where, factors, scale, simulated=everywhere is not None)
    reached = cells.then(
        f"{name}_cells",
        "SELECT b.fact_id, b.component_id, b.person_id, b.month, b.vests_at, b.amount,"
        " CAST(SUM(b.amount) OVER (ORDER BY b.fact_id ROWS UNBOUNDED PRECEDING) AS bigint)"
        f" AS reached FROM {name}_cells b",
    )
    until, since = (
        f"CASE WHEN {upto} < {part.budget} THEN {upto} ELSE {part.budget} END"
        for upto in ("b.reached", "(b.reached - b.amount)")
    )
    return reached.then(
        f"{name}_reached",
        "SELECT b.fact_id, b.component_id, b.person_id, b.month, b.vests_at,"
        f" ({until}) - ({since}) AS whole, ({until}) - ({since}) AS amount FROM {name}_reached b",
    )
