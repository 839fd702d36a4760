# ruff: noqa: S608 - built from constants and compiled plans (integers); values are parameters
"""The engine's SQL that compares lines with what facts earn (bonuses.earning), and posts.

The same for SQLite and PostgreSQL. `wanting` is how the lines differ; all else reads it.
"""

from collections.abc import Iterable

from django.db import connection

from polecam.bonuses.earning import IN_WINDOW, KEPT, PAYS, SCOPED
from polecam.bonuses.sql import Query, public_id

OPEN = "t.id >= %s AND NOT t.sealed"
"""Over `bonuses_ledgertransaction t`: those the run has opened; the parameter is the first's id."""


PROMISED = (
    "EXISTS (SELECT 1 FROM bonuses_line p JOIN bonuses_ledgertransaction v ON v.id = p.vesting_id"
    " WHERE p.id = d.first_id AND (v.month < '{month}' OR p.paid_grosze > 0"
    "  OR EXISTS (SELECT 1 FROM bonuses_statement s JOIN bonuses_payrollmonth m"
    "   ON m.id = s.payroll_month_id AND m.month >= v.month WHERE s.person_id = p.person_id"
    "   AND s.state = 'locked' AND s.payout_grosze > 0)))"
)
"""A payable line that the statement of an earlier month than `month` pays, will pay (closed or not:
nothing can be posted in that one any more), or paid in part: as good as paid. To take it off a
later month would be netting without consent."""


HAD = (
    "CASE WHEN l.state = 'void' THEN 0 ELSE l.amount_grosze END"
    " + COALESCE((SELECT CAST(SUM(s.amount_grosze) AS bigint) FROM bonuses_line s"
    " WHERE s.corrects_id = l.id AND s.state <> 'void'), 0)"
)
"""What the lines of a fact and component come to: the first, and what corrects it (an index of few
rows, so that looking is cheap where nothing was corrected)."""


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
        f" CASE WHEN l.id IS NULL THEN 0 ELSE {HAD} END AS had"
        " FROM expected e LEFT JOIN bonuses_line l ON l.fact_id = e.fact_id"
        " AND l.component_id = e.component_id AND l.revision = 0",
    )
    return had.then(
        "compared",
        "SELECT d.*,"
        " CASE WHEN d.amount > d.had THEN 0 WHEN d.state = 'paid' THEN 2"
        f" WHEN d.state = 'payable' AND {PROMISED.format(month=month)} THEN 2 ELSE 1 END AS way"
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
    """Whose components may pay for the facts under `where` (id, public id, when published); `few`:
    for a handful of facts."""
    if few:
        sql = (
            "SELECT DISTINCT v.id, v.public_id, v.published_at FROM bonuses_creditedfact f"
            f" JOIN bonuses_planversion v ON v.id = f.version_id WHERE {where.sql}"
        )
    else:
        sql = (
            "SELECT v.id, v.public_id, v.published_at FROM bonuses_planversion v"
            " WHERE EXISTS (SELECT 1 FROM bonuses_creditedfact f"
            f" WHERE f.version_id = v.id AND {where.sql})"
        )
    return Query(sql, where.params)


def people(where: Query) -> Query:
    """Whose facts are under `where`."""
    return Query(
        f"SELECT DISTINCT f.person_id FROM bonuses_creditedfact f WHERE {where.sql}", where.params
    )


def any_of(rows: Query) -> Query:
    """One of `rows` (see `wanting`), if there is any."""
    return rows.then("wanted", "SELECT d.fact_id FROM wanted d LIMIT 1")


NEXT = (
    "CASE WHEN d.first_id IS NULL THEN 0 ELSE (SELECT MAX(s.revision) + 1 FROM bonuses_line s"
    " WHERE s.fact_id = d.fact_id AND s.component_id = d.component_id) END"
)
INTO_LINES = (
    "INSERT INTO bonuses_line (public_id, fact_id, component_id, revision, corrects_id,"
    " whole_grosze, person_id, month, amount_grosze, state, vests_at, accrual_id, paid_grosze)"
)
ONE_LINE = f"({', '.join(['%s'] * 12)}, 0)"


def found(rows: Query) -> Query:
    """`rows` (see `wanting`) as their cell (way, person, component, month), amount, end of hold,
    then what else INTO_LINES says of them, in the order of facts."""
    return rows.then(
        "wanted",
        "SELECT d.way, d.person_id, d.component_id, d.month, d.amount - d.had, d.vests_at,"
        f" d.fact_id, d.component_id, {NEXT}, d.first_id, d.whole"
        " FROM wanted d ORDER BY d.fact_id, d.component_id",
    )


CELLS = (
    "SELECT d.way, d.person_id, d.component_id, d.month,"
    " CAST(SUM(d.amount - d.had) AS bigint) FROM wanted d"
    " GROUP BY d.way, d.person_id, d.component_id, d.month"
)
"""Way x seller x component x month of what was computed into the table `wanted`, and its sum."""


def opening(cells: Iterable[tuple[int, int, str]], moment: str) -> Query:
    """Open a transaction for each of these: seller, component and month."""
    listed = ", ".join(f"({person}, {part}, '{month}')" for person, part, month in cells)
    return Query(
        "INSERT INTO bonuses_ledgertransaction"
        " (public_id, kind, unit, month, person_id, component_id, at, sealed)"
        f" SELECT {public_id(connection.vendor)}, 'accrue', 'PLN', d.column3, d.column1,"
        f" d.column2, %s, %s FROM (VALUES {listed}) d WHERE 1 = 1"
        " RETURNING id, person_id, component_id, month",
        (moment, False),
    )


def lines(opened: Iterable[tuple[int, int, int, int, str]]) -> Query:
    """Write what was computed into the open transactions: id, way, person, component, month.

    Sorted, so that all is read before the first is written: to look for written lines while
    writing them is quadratic on PostgreSQL until the table has statistics.
    """
    listed = ", ".join(f"({t}, {w}, {p}, {c}, '{m}')" for t, w, p, c, m in opened)
    return Query(
        "WITH opened (id, way, person_id, component_id, month) AS MATERIALIZED"
        f" (VALUES {listed}) {INTO_LINES}"
        f" SELECT {public_id(connection.vendor)}, d.fact_id, d.component_id, {NEXT}, d.first_id,"
        " d.whole, d.person_id, d.month, d.amount - d.had,"
        " CASE d.way WHEN 2 THEN 'owed' ELSE 'pending' END, d.vests_at, t.id, 0"
        " FROM wanted d JOIN opened t ON t.person_id = d.person_id"
        " AND t.component_id = d.component_id AND t.month = d.month AND t.way = d.way"
        " ORDER BY d.fact_id, d.component_id"
    )


def entries(sides: Iterable[tuple[int, int, str, int]]) -> str:
    """Write these entries: transaction, seller, kind of account, amount."""
    listed = ", ".join(f"({t}, {who}, '{kind}', {amount})" for t, who, kind, amount in sides)
    return (
        "WITH sides (transaction_id, person_id, kind, amount) AS MATERIALIZED"
        f" (VALUES {listed}) INSERT INTO bonuses_entry (transaction_id, account_id, amount)"
        " SELECT s.transaction_id, a.id, s.amount FROM sides s JOIN bonuses_account a"
        " ON a.person_id = s.person_id AND a.kind = s.kind AND a.unit = 'PLN'"
    )


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
