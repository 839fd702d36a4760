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
    """A SELECT with its parameters, and the named ones before it that it reads from.

    Named, not nested: SQLite's parser takes no more than a hundred levels.
    """

    sql: str
    params: tuple[int | str, ...] = ()
    before: tuple[tuple[str, str, tuple], ...] = ()

    def then(self, name: str, sql: str, params: tuple = (), **others: "Query") -> "Query":
        """The next SELECT, which reads this one as `name` and `others` by their own names."""
        before = list(self.before)
        for other, query in others.items():
            before += [*query.before, (other, query.sql, query.params)]
        return Query(sql, params, (*before, (name, self.sql, self.params)))

    @property
    def text(self) -> str:
        """The whole statement."""
        if not self.before:
            return self.sql
        named = ", ".join(f"{name} AS {_kept(sql)}({sql})" for name, sql, _ in self.before)
        return f"WITH {named} {self.sql}"

    @property
    def values(self) -> tuple[int | str, ...]:
        """Its parameters, in the order of the text."""
        return (*(value for _, _, params in self.before for value in params), *self.params)


def _kept(sql: str) -> str:
    """A list of values is kept as a table: SQLite makes an index over that by itself."""
    return "MATERIALIZED " if sql.startswith("VALUES") else ""


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
        "sqlite": "date(f.confirmed_at, '+' || c.hold_days || ' days') || substr(f.confirmed_at, 11)",
    }[vendor]
    return f"CASE WHEN c.hold_days IS NULL THEN f.vests_at ELSE {own} END"


def expected(plan: Compiled, where: Query, factors: Factors) -> Query:
    """What every kept fact under `where` earns: fact_id, component_id, person_id, month (in which
    it counts), vests_at, whole, amount. `where` is about `f` and holds whole months of sellers;
    a component with a budget is computed for everybody, from its first month on."""
    found = {}
    if plan.plain:
        found["plain"] = _plain(plan.plain, where)
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


def _facts(parts: Iterable[Part], where: Query, *, simulated: bool = False) -> Query:
    """Facts with the components that pay for them (`simulated`: whatever their version)."""
    pays = "c.fact_kind = f.kind" if simulated else PAYS
    return Query(
        "SELECT f.id AS fact_id, c.id AS component_id, f.person_id, f.month,"
        f" {held_until(connection.vendor)} AS vests_at, f.confirmed_at, f.source, f.kind,"
        " f.share_bp, f.share_offset_bp, c.shape, c.base, c.rate_bp, c.amount_grosze,"
        f" c.floor_grosze, CAST({MEASURED} AS bigint) AS measured"
        f" FROM bonuses_creditedfact f JOIN bonuses_component c ON {pays}"
        f" WHERE c.id IN ({_ids(parts)}) AND {SCOPED} AND {IN_WINDOW} AND {KEPT} AND {where.sql}",
        where.params,
    )


def _given(name: str, facts: Query, *also: str) -> Query:
    """What flat components give for whole facts: `whole`, with the columns `also`."""
    given = facts.then(
        f"{name}_facts",
        "SELECT w.fact_id, w.component_id, w.person_id, w.month, w.vests_at, w.share_bp,"
        f" w.share_offset_bp, w.floor_grosze, {GIVEN} AS given{''.join(f', w.{a}' for a in also)}"
        f" FROM {name}_facts w",
    )
    whole = "CASE WHEN w.given < w.floor_grosze THEN w.floor_grosze ELSE w.given END AS whole"
    return given.then(
        f"{name}_given",
        "SELECT w.fact_id, w.component_id, w.person_id, w.month, w.vests_at, w.share_bp,"
        f" w.share_offset_bp, {whole}{''.join(f', w.{a}' for a in also)} FROM {name}_given w",
    )


def _plain(parts: Iterable[Part], where: Query) -> Query:
    """Each fact by itself (bonuses.rules.whole_of, then kit.money.part_of)."""
    return _given("plain", _facts(parts, where)).then(
        "plain_whole",
        "SELECT w.fact_id, w.component_id, w.person_id, w.month, w.vests_at, w.whole,"
        f" {part_of('w.whole', 'w')} AS amount FROM plain_whole w",
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
    paid = _summed(name, _units(name, parts, where, scale, simulated=simulated)).then(
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
    name: str,
    parts: Iterable[Part],
    where: Query,
    scale: Mapping[str, int],
    *,
    simulated: bool,
) -> Query:
    """The seller's own part of what a component measures; of a flat one, what it gives."""
    facts = _facts(parts, where, simulated=simulated)
    given = _given(name, facts, "confirmed_at", "source", "kind", "shape", "base", "measured")
    measured = (
        "CASE WHEN w.shape = 'flat' THEN w.whole WHEN w.base = 'count' THEN 10000"
        " ELSE w.measured END AS measured"
    )
    columns = (
        "w.fact_id, w.component_id, w.person_id, w.month, w.vests_at, w.confirmed_at, w.source"
    )
    whole = given.then(
        f"{name}_whole",
        f"SELECT {columns}, w.kind, w.share_bp, w.share_offset_bp, {measured} FROM {name}_whole w",
    )
    own = whole.then(
        f"{name}_measured",
        f"SELECT {columns}, w.kind, {part_of('w.measured', 'w')} AS units FROM {name}_measured w",
    )
    by_kind = [
        (f"w.kind = '{kind}'", half_up(f"w.units * {bp}", WHOLE_BP)) for kind, bp in scale.items()
    ]
    if not by_kind:
        return own
    units = compiled.case(by_kind, "w.units")
    return own.then(f"{name}_own", f"SELECT {columns}, {units} AS units FROM {name}_own w")


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


PROMISED = (
    "EXISTS (SELECT 1 FROM bonuses_line p JOIN bonuses_ledgertransaction v ON v.id = p.vesting_id"
    " JOIN bonuses_statement s ON s.person_id = p.person_id AND s.state = 'locked'"
    " AND s.payout_grosze > 0 JOIN bonuses_payrollmonth m ON m.id = s.payroll_month_id"
    " AND m.month >= v.month WHERE p.id = d.first_id)"
)
"""A payable line that a locked statement will pay (bonuses.promises): as good as paid."""


def wanting(rows: Query, month: str, also: str = "") -> Query:
    """How the lines differ from `rows` (see `expected`): what is to be posted, none of it zero.

    `month` is the open one: nothing is posted before it. `way`: 0 up, 1 down, 2 owed (down, of what
    was paid, or a locked statement promises); each goes into a transaction of its own, so that none
    moves nothing.
    """
    had = rows.then(
        "expected",
        "SELECT e.fact_id, e.component_id, e.person_id,"
        f" CASE WHEN e.month > '{month}' THEN e.month ELSE '{month}' END AS month, e.vests_at,"
        " e.whole, e.amount, l.id AS first_id, l.public_id AS first_name, l.state,"
        " l.whole_grosze AS first_whole,"
        " CASE WHEN l.id IS NULL THEN 0 ELSE COALESCE((SELECT CAST(SUM(s.amount_grosze) AS bigint)"
        "  FROM bonuses_line s WHERE s.fact_id = e.fact_id AND s.component_id = e.component_id"
        "  AND s.state <> 'void'), 0) END AS had"
        " FROM expected e LEFT JOIN bonuses_line l ON l.fact_id = e.fact_id"
        " AND l.component_id = e.component_id AND l.revision = 0",
    )
    return had.then(
        "compared",
        "SELECT d.*,"
        " CASE WHEN d.amount > d.had THEN 0 WHEN d.state = 'paid' THEN 2"
        f" WHEN d.state = 'payable' AND {PROMISED} THEN 2 ELSE 1 END AS way"
        f" FROM compared d WHERE d.amount <> d.had{f' OR {also}' if also else ''}",
    )


def differences(rows: Query, also: str) -> Query:
    """Lines that are not what their fact earns, and earnings without a line; or where `also`."""
    return wanting(rows, "", also).then(
        "wanted",
        "SELECT d.fact_id, d.component_id, d.amount, d.had, d.first_name"
        " FROM wanted d ORDER BY d.fact_id, d.component_id",
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


def versions(where: Query, *, few: bool = False) -> Query:
    """Whose components may pay for the facts under `where`; `few`: for a handful of facts."""
    if few:
        sql = f"SELECT DISTINCT f.version_id FROM bonuses_creditedfact f WHERE {where.sql}"
    else:
        sql = (
            "SELECT v.id FROM bonuses_planversion v WHERE EXISTS (SELECT 1"
            f" FROM bonuses_creditedfact f WHERE f.version_id = v.id AND {where.sql})"
        )
    return Query(sql, where.params)


def cells(rows: Query) -> Query:
    """Seller x component x month x way of `rows` (see `wanting`), and the sum of each."""
    return rows.then(
        "wanted",
        "SELECT d.way, d.person_id, d.component_id, d.month,"
        " CAST(SUM(d.amount - d.had) AS bigint) FROM wanted d"
        " GROUP BY d.way, d.person_id, d.component_id, d.month ORDER BY 1, 2, 3, 4",
    )


INTO_LINES = (
    "INSERT INTO bonuses_line (public_id, fact_id, component_id, revision, corrects_id,"
    " person_id, month, whole_grosze, amount_grosze, paid_grosze, state, vests_at, accrual_id) "
)


def lines(rows: Query, opened: Iterable[tuple[int, int, int, int, str]]) -> Query:
    """`rows` (see `wanting`) as lines of the open transactions: id, way, person, component, month.

    Sorted, so that all is read before the first is written: to look for written lines while
    writing them is quadratic on PostgreSQL until the table has statistics.
    """
    listed = Query(
        "VALUES " + ", ".join(f"({t}, {w}, {p}, {c}, '{m}')" for t, w, p, c, m in opened)
    )
    return rows.then(
        "wanted",
        f"SELECT {public_id(connection.vendor)}, d.fact_id, d.component_id,"
        " CASE WHEN d.first_id IS NULL THEN 0 ELSE (SELECT MAX(s.revision) + 1 FROM bonuses_line s"
        "  WHERE s.fact_id = d.fact_id AND s.component_id = d.component_id) END, d.first_id,"
        " d.person_id, d.month, d.whole, d.amount - d.had, 0,"
        " CASE d.way WHEN 2 THEN 'owed' ELSE 'pending' END, d.vests_at, t.id"
        " FROM wanted d JOIN opened t ON t.person_id = d.person_id"
        " AND t.component_id = d.component_id AND t.month = d.month AND t.way = d.way"
        " ORDER BY d.fact_id, d.component_id",
        (),
        **{"opened (id, way, person_id, component_id, month)": listed},
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
