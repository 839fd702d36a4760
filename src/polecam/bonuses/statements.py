# ruff: noqa: S608 - built from constants, compiled plans (integers) and scopes; values are parameters
"""The engine's SQL, the same for SQLite and PostgreSQL but for random ids and a day's length.

Sums are cast to bigint before anything multiplies or divides them: the databases disagree on the
type of a sum, and with it on division. `/` between integers cuts towards zero on both.

`expected` is what every fact earns now; `wanting` is how its lines differ from that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from polecam.bonuses import compile as compiled
from polecam.bonuses.compile import Compiled, Part
from polecam.bonuses.models import AccountKind
from polecam.kit.money import WHOLE_BP

OPEN = "t.id >= %s AND NOT t.sealed"
"""Over `bonuses_ledgertransaction t`: those the run has opened; the parameter is the first's id."""
KEPT = (
    "f.reverses_id IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM bonuses_creditedfact back WHERE back.reverses_id = f.id)"
)
"""Over `bonuses_creditedfact f`: takes nothing back and was not taken back."""
PAYS = "c.version_id = f.version_id AND c.fact_kind = f.kind"
"""A component pays for its own version's facts of its kind, a retained sale after its months."""

Factors = Mapping[tuple[int, int, str], int]
"""Plan id, person id and month -> basis points of full time; nobody else is part-time."""


@dataclass(frozen=True)
class Query:
    """A statement and its parameters."""

    sql: str
    params: tuple[int | str, ...] = ()


def half_up(numerator: str, denominator: int) -> str:
    """kit.money.half_up as an expression."""
    double = 2 * denominator
    return (
        f"CASE WHEN {numerator} < 0 THEN (2 * {numerator} - {denominator}) / {double}"
        f" ELSE (2 * {numerator} + {denominator}) / {double} END"
    )


def part_of(whole: str, alias: str) -> str:
    """kit.money.part_of as an expression: the seller's part of `whole`."""
    start = f"CAST({alias}.share_offset_bp AS bigint)"
    end = half_up(f"{whole} * ({start} + {alias}.share_bp)", WHOLE_BP)
    return (
        f"CASE WHEN {alias}.share_bp = {WHOLE_BP} THEN {whole}"
        f" ELSE ({end}) - ({half_up(f'{whole} * {start}', WHOLE_BP)}) END"
    )


MEASURED = "CASE c.base WHEN 'value' THEN f.value_grosze ELSE f.base_grosze END"
RATED = half_up(f"CAST({MEASURED} AS bigint) * c.rate_bp", WHOLE_BP)
GIVEN = f"CASE WHEN c.rate_bp > 0 THEN {RATED} ELSE c.amount_grosze END"
WHOLE = f"CASE WHEN {GIVEN} < c.floor_grosze THEN c.floor_grosze ELSE {GIVEN} END"
"""What a flat component gives for a whole fact (bonuses.rules.whole_of)."""
IN_WINDOW = (
    "(c.window_from IS NULL OR f.confirmed_at >= c.window_from)"
    " AND (c.window_until IS NULL OR f.confirmed_at < c.window_until)"
)
SCOPED = "CASE c.months WHEN 0 THEN 0 ELSE f.ordinal END = c.months"


def held_until(vendor: str) -> str:
    """The end of the hold: the version's (on the fact), or the component's own days."""
    own = {
        "postgresql": "f.confirmed_at + c.hold_days * interval '24 hours'",
        # in UTC every day has 24 hours: only the date moves, the time of day stays as it is
        "sqlite": "date(f.confirmed_at, '+' || c.hold_days || ' days') || substr(f.confirmed_at, 11)",
    }[vendor]
    return f"CASE WHEN c.hold_days IS NULL THEN f.vests_at ELSE {own} END"


def expected(plan: Compiled, where: Query, factors: Factors) -> Query:
    """What every kept fact under `where` earns: fact_id, component_id, person_id, month (in which
    it counts), vests_at, whole, amount. `where` is about `f` and holds whole months of sellers;
    a component with a budget is computed for everybody, from its first month on."""
    found = []
    if plan.plain:
        found.append(_plain(plan.plain, where))
    if plan.cells:
        found.append(_cells(plan.cells, where, factors))
    found += [spending(part, factors) for part in plan.budgets]
    if not found:
        return Query(NOTHING)
    return Query(
        " UNION ALL ".join(query.sql for query in found),
        tuple(value for query in found for value in query.params),
    )


NOTHING = (
    "SELECT f.id AS fact_id, 0 AS component_id, f.person_id, f.month, f.vests_at, 0 AS whole,"
    " 0 AS amount FROM bonuses_creditedfact f WHERE 1 = 0"
)


def _ids(parts: Iterable[Part]) -> str:
    return ", ".join(str(part.id) for part in parts)


def _plain(parts: Iterable[Part], where: Query) -> Query:
    """Each fact by itself (bonuses.rules.whole_of, then kit.money.part_of)."""
    return Query(
        "SELECT w.fact_id, w.component_id, w.person_id, w.month, w.vests_at, w.whole,"
        f" {part_of('w.whole', 'w')} AS amount FROM ("
        "SELECT f.id AS fact_id, c.id AS component_id, f.person_id, f.month,"
        f" {held_until(connection.vendor)} AS vests_at, {WHOLE} AS whole, f.share_bp,"
        " f.share_offset_bp"
        f" FROM bonuses_creditedfact f JOIN bonuses_component c ON {PAYS}"
        f" WHERE c.id IN ({_ids(parts)}) AND {SCOPED} AND {KEPT} AND {where.sql}) w",
        where.params,
    )


def _cells(
    parts: tuple[Part, ...],
    where: Query,
    factors: Factors,
    scale: Mapping[str, int] | None = None,
    *,
    simulated: bool = False,
) -> Query:
    """By what a seller's month adds up to: sum up to each fact, tier, cap, condition."""
    prorated = any(part.scaled and factors for part in parts)
    needs = sorted({part.needs_kind for part in parts if part.needs_kind})
    joins, params = "", where.params
    if prorated:
        rows = ", ".join(f"({p}, {who}, '{m}', {k})" for (p, who, m), k in factors.items())
        joins += (
            f" LEFT JOIN (SELECT k.column1 AS plan_id, k.column2 AS person_id, k.column3 AS month,"
            f" k.column4 AS factor FROM (VALUES {rows}) k) k"
            " ON k.plan_id = w.plan_id AND k.person_id = w.person_id AND k.month = w.month"
        )
    for kind in needs:
        counted = _counted(kind, where.sql, (scale or {}).get(kind))
        joins += f" LEFT JOIN ({counted}) n_{kind} ON n_{kind}.person_id"
        joins += f" = w.person_id AND n_{kind}.month = w.month"
        params += where.params
    amounts = [(f"w.component_id = {part.id}", _amount(part, prorated)) for part in parts]
    sql = (
        "SELECT w.fact_id, w.component_id, w.person_id, w.month, w.vests_at,"
        f" {compiled.case(amounts)} AS amount"
        f" FROM ({_summed(_measured(parts, where.sql, scale or {}, simulated=simulated))}) w{joins}"
    )
    return Query(
        "SELECT r.fact_id, r.component_id, r.person_id, r.month, r.vests_at, r.amount AS whole,"
        f" r.amount FROM ({sql}) r",
        # the joins of the conditions stand after the facts, each with the scope again
        params,
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


def _summed(measured: str) -> str:
    """Facts of cumulative components with the sums up to, before and of all their cell.

    The order within a cell is that of the confirmations, whenever they were recorded."""
    cell = "PARTITION BY m.component_id, m.person_id, m.month"
    row = f"OVER ({cell} ORDER BY m.confirmed_at, m.source, m.fact_id ROWS UNBOUNDED PRECEDING)"
    return (
        "SELECT m.fact_id, m.component_id, m.plan_id, m.person_id, m.month, m.vests_at,"
        f" CAST(SUM(m.units) {row} AS bigint) AS upto,"
        f" CAST(SUM(m.units) {row} AS bigint) - m.units AS before,"
        f" CAST(SUM(m.units) OVER ({cell}) AS bigint) AS total"
        f" FROM ({measured}) m"
    )


def _measured(
    parts: Iterable[Part], where: str, scale: Mapping[str, int], *, simulated: bool
) -> str:
    """The seller's own part of what a component measures; of a flat one, what it gives."""
    flat = part_of(f"({WHOLE})", "f")
    measured = part_of(f"CAST({MEASURED} AS bigint)", "f")
    units = (
        f"CASE WHEN c.shape = 'flat' THEN {flat} WHEN c.base = 'count' THEN f.share_bp"
        f" ELSE {measured} END"
    )
    by_kind = [
        (f"f.kind = '{kind}'", half_up(f"({units}) * {bp}", WHOLE_BP)) for kind, bp in scale.items()
    ]
    pays = "c.fact_kind = f.kind" if simulated else PAYS
    return (
        "SELECT f.id AS fact_id, c.id AS component_id, v.plan_id, f.person_id, f.month,"
        f" {held_until(connection.vendor)} AS vests_at, f.confirmed_at, f.source,"
        f" {compiled.case(by_kind, units)} AS units"
        f" FROM bonuses_creditedfact f JOIN bonuses_component c ON {pays}"
        " JOIN bonuses_planversion v ON v.id = c.version_id"
        f" WHERE c.id IN ({_ids(parts)}) AND {SCOPED} AND {IN_WINDOW} AND {KEPT} AND {where}"
    )


def _counted(kind: str, where: str, bp: int | None) -> str:
    """Facts of one kind by seller and month, in basis points of a whole one; scaled by `bp`."""
    counted = "CAST(SUM(f.share_bp) AS bigint)"
    counted = counted if bp is None else half_up(f"{counted} * {bp}", WHOLE_BP)
    return (
        f"SELECT f.person_id, f.month, {counted} AS counted"
        f" FROM bonuses_creditedfact f WHERE f.kind = '{kind}' AND {KEPT} AND {where}"
        " GROUP BY f.person_id, f.month"
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
    inner = _cells((part,), where, factors, scale or {}, simulated=everywhere is not None)
    reached = "CAST(SUM(b.amount) OVER (ORDER BY b.fact_id ROWS UNBOUNDED PRECEDING) AS bigint)"
    until, since = (
        f"CASE WHEN {sum_} < {part.budget} THEN {sum_} ELSE {part.budget} END"
        for sum_ in ("b.reached", "(b.reached - b.amount)")
    )
    return Query(
        "SELECT b.fact_id, b.component_id, b.person_id, b.month, b.vests_at,"
        f" ({until}) - ({since}) AS whole, ({until}) - ({since}) AS amount"
        f" FROM (SELECT b.*, {reached} AS reached FROM ({inner.sql}) b) b",
        inner.params,
    )


def wanting(rows: Query, month: str, also: str = "") -> Query:
    """How the lines differ from `rows` (see `expected`): what is to be posted, none of it zero.

    `month` is the open one: nothing is posted before it. `way`: 0 up, 1 down, 2 owed (down, of what
    was paid already); each goes into a transaction of its own, so that none moves nothing.
    """
    return Query(
        "SELECT d.*, CASE WHEN d.amount > d.had THEN 0 WHEN d.state = 'paid' THEN 2 ELSE 1 END AS way"
        " FROM (SELECT e.fact_id, e.component_id, e.person_id,"
        f" CASE WHEN e.month > '{month}' THEN e.month ELSE '{month}' END AS month, e.vests_at,"
        " e.whole, e.amount, l.id AS first_id, l.public_id AS first_name, l.state,"
        " l.whole_grosze AS first_whole,"
        " CASE WHEN l.id IS NULL THEN 0 ELSE COALESCE((SELECT CAST(SUM(s.amount_grosze) AS bigint)"
        "  FROM bonuses_line s WHERE s.fact_id = e.fact_id AND s.component_id = e.component_id"
        "  AND s.state <> 'void'), 0) END AS had"
        f" FROM ({rows.sql}) e LEFT JOIN bonuses_line l ON l.fact_id = e.fact_id"
        " AND l.component_id = e.component_id AND l.revision = 0) d"
        f" WHERE d.amount <> d.had{f' OR {also}' if also else ''}",
        rows.params,
    )


def differences(rows: Query, also: str) -> Query:
    """Lines that are not what their fact earns, and earnings without a line; or where `also`."""
    found = wanting(rows, "", also)
    return Query(
        "SELECT d.fact_id, d.component_id, d.amount, d.had, d.first_name"
        f" FROM ({found.sql}) d ORDER BY d.fact_id, d.component_id",
        found.params,
    )


def strays(where: Query) -> Query:
    """Lines that count though their fact was taken back, or nothing pays for it."""
    return Query(
        "SELECT l.fact_id, l.component_id, l.amount_grosze, l.public_id FROM bonuses_line l"
        " JOIN bonuses_creditedfact f ON f.id = l.fact_id"
        f" WHERE l.state <> 'void' AND NOT ({KEPT} AND EXISTS (SELECT 1 FROM bonuses_component c"
        f"  WHERE c.id = l.component_id AND {PAYS} AND {SCOPED} AND {IN_WINDOW}))"
        f" AND {where.sql} ORDER BY l.id",
        where.params,
    )


def misplaced(where: Query) -> Query:
    """Lines of another seller than their fact's, or not in the month they were posted in."""
    return Query(
        "SELECT l.fact_id, l.component_id, l.amount_grosze, l.public_id FROM bonuses_line l"
        " JOIN bonuses_creditedfact f ON f.id = l.fact_id"
        " JOIN bonuses_ledgertransaction t ON t.id = l.accrual_id"
        " WHERE (l.person_id <> f.person_id OR l.month <> t.month OR l.month < f.month)"
        f" AND {where.sql} ORDER BY l.id",
        where.params,
    )


def versions(where: Query) -> Query:
    """Whose components may pay for the facts under `where`."""
    return Query(
        f"SELECT DISTINCT f.version_id FROM bonuses_creditedfact f WHERE {where.sql}", where.params
    )


def cells(rows: Query) -> Query:
    """Seller x component x month x way of `rows` (see `wanting`), and the sum of each."""
    return Query(
        "SELECT d.way, d.person_id, d.component_id, d.month,"
        f" CAST(SUM(d.amount - d.had) AS bigint) FROM ({rows.sql}) d"
        " GROUP BY d.way, d.person_id, d.component_id, d.month ORDER BY 1, 2, 3, 4",
        rows.params,
    )


def lines(rows: Query, opened: Iterable[tuple[int, int, int, int, str]]) -> Query:
    """Write `rows` (see `wanting`) into the open transactions: id, way, person, component, month.

    Sorted, so that all is read before the first is written: to look for written lines while
    writing them is quadratic on PostgreSQL until the table has statistics.
    """
    listed = ", ".join(f"({t}, {w}, {who}, {c}, '{m}')" for t, w, who, c, m in opened)
    return Query(
        "INSERT INTO bonuses_line (public_id, fact_id, component_id, revision, corrects_id,"
        " person_id, month, whole_grosze, amount_grosze, paid_grosze, state, vests_at, accrual_id)"
        f" SELECT {public_id(connection.vendor)}, d.fact_id, d.component_id,"
        " CASE WHEN d.first_id IS NULL THEN 0 ELSE (SELECT MAX(s.revision) + 1 FROM bonuses_line s"
        "  WHERE s.fact_id = d.fact_id AND s.component_id = d.component_id) END, d.first_id,"
        " d.person_id, d.month, d.whole, d.amount - d.had, 0,"
        " CASE d.way WHEN 2 THEN 'owed' ELSE 'pending' END, d.vests_at, t.column1"
        f" FROM ({rows.sql}) d JOIN (VALUES {listed}) t ON t.column3 = d.person_id"
        " AND t.column4 = d.component_id AND t.column5 = d.month AND t.column2 = d.way"
        " ORDER BY d.fact_id, d.component_id",
        rows.params,
    )


ENTRIES = f"""
INSERT INTO bonuses_entry (transaction_id, account_id, amount)
SELECT t.id, a.id, %s * CAST(SUM(l.amount_grosze) AS bigint)
FROM bonuses_ledgertransaction t
JOIN bonuses_line l ON l.accrual_id = t.id
JOIN bonuses_account a ON a.person_id = t.person_id AND a.unit = t.unit
 AND a.kind = CASE WHEN %s = 1 THEN '{AccountKind.EXPENSE}'
  WHEN l.state = 'owed' THEN '{AccountKind.RECEIVABLE}' ELSE '{AccountKind.PENDING}' END
WHERE {OPEN}
GROUP BY t.id, a.id
"""
"""One side of every open accrual: sign, 1 for the expense, first transaction."""

BALANCES = f"""
UPDATE bonuses_account SET balance = balance + moved.amount
FROM (
    SELECT e.account_id, CAST(SUM(e.amount) AS bigint) AS amount
    FROM bonuses_ledgertransaction t JOIN bonuses_entry e ON e.transaction_id = t.id
    WHERE {OPEN} GROUP BY e.account_id
) moved
WHERE moved.account_id = bonuses_account.id
"""
SEAL = "UPDATE bonuses_ledgertransaction SET sealed = %s WHERE id >= %s AND NOT sealed"


def public_id(vendor: str) -> str:
    """60 random bits in the alphabet of store.fields: hex, with 0 and 1 written g and h."""
    if vendor == "postgresql":
        # The 13th and 17th digit of a random UUID say its version; the first is left out.
        digits = (
            "overlay(replace(CAST(gen_random_uuid() AS text), '-', '') placing '' from 13 for 1)"
        )
    else:
        digits = "lower(hex(randomblob(8)))"
    return f"replace(replace(substr({digits}, 1, 15), '0', 'g'), '1', 'h')"
