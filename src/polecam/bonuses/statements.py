# ruff: noqa: S608 - every statement here is built from constants; values go in as parameters
"""The engine's SQL, the same for SQLite and PostgreSQL but for one function of random ids.

Sums are cast to bigint before anything multiplies or divides them: the databases disagree on the
type of a sum, and with it on division. `/` between integers cuts towards zero on both.
"""

from polecam.kit.money import WHOLE_BP

OPEN = "t.id >= %s AND NOT t.sealed"
"""Over `bonuses_ledgertransaction t`: those the run has opened; the parameter is the first's id."""


def half_up(numerator: str, denominator: int) -> str:
    """kit.money.half_up as an expression."""
    double = 2 * denominator
    return (
        f"CASE WHEN {numerator} < 0 THEN (2 * {numerator} - {denominator}) / {double}"
        f" ELSE (2 * {numerator} + {denominator}) / {double} END"
    )


RATED = half_up("CAST(f.base_grosze AS bigint) * c.rate_bp", WHOLE_BP)
END = half_up("w.whole * (w.offset_bp + w.share_bp)", WHOLE_BP)
START = half_up("w.whole * w.offset_bp", WHOLE_BP)
UNWRITTEN = (
    "NOT EXISTS (SELECT 1 FROM bonuses_line l WHERE l.fact_id = f.id AND l.component_id = c.id)"
)


def expected(where: str) -> str:
    """What every fact under `where` earns by every component (bonuses.rules.whole_of, then
    kit.money.part_of)."""
    return f"""(
SELECT w.fact_id, w.component_id, w.person_id, w.month, w.vests_at, w.whole,
       ({END}) - ({START}) AS amount
FROM (
    SELECT f.id AS fact_id, c.id AS component_id, f.person_id, f.month, f.vests_at,
           CAST(f.share_bp AS bigint) AS share_bp, CAST(f.share_offset_bp AS bigint) AS offset_bp,
           CASE WHEN c.rate_bp > 0 THEN {RATED} ELSE c.amount_grosze END AS whole
    FROM bonuses_creditedfact f
    JOIN bonuses_component c ON c.version_id = f.version_id AND c.fact_kind = f.kind
    WHERE f.reverses_id IS NULL AND {where}
) w)"""


def cells(where: str) -> str:
    """Seller x component x month that have unwritten lines. A part of nothing makes no line."""
    return (
        f"SELECT e.person_id, e.component_id, e.month FROM {expected(f'{where} AND {UNWRITTEN}')} e"
        " WHERE e.amount <> 0 GROUP BY e.person_id, e.component_id, e.month ORDER BY 1, 2, 3"
    )


def lines(where: str, vendor: str) -> str:
    """Write the unwritten lines into the open transaction of their cell.

    Sorted, so that all is read before the first is written: to look for written lines while
    writing them is quadratic on PostgreSQL until the table has statistics.
    """
    return (
        "INSERT INTO bonuses_line (public_id, fact_id, component_id, revision, person_id, month,"
        " whole_grosze, amount_grosze, paid_grosze, state, vests_at, accrual_id)"
        f" SELECT {public_id(vendor)}, e.fact_id, e.component_id, 0, e.person_id, e.month, e.whole,"
        f" e.amount, 0, 'pending', e.vests_at, t.id"
        f" FROM {expected(f'{where} AND {UNWRITTEN}')} e JOIN bonuses_ledgertransaction t"
        " ON t.person_id = e.person_id AND t.component_id = e.component_id AND t.month = e.month"
        f" WHERE e.amount <> 0 AND {OPEN} ORDER BY e.fact_id, e.component_id"
    )


ENTRIES = f"""
INSERT INTO bonuses_entry (transaction_id, account_id, amount)
SELECT t.id, a.id, %s * CAST(SUM(l.amount_grosze) AS bigint)
FROM bonuses_ledgertransaction t
JOIN bonuses_line l ON l.accrual_id = t.id
JOIN bonuses_account a ON a.person_id = t.person_id AND a.unit = t.unit AND a.kind = %s
WHERE {OPEN}
GROUP BY t.id, a.id
HAVING SUM(l.amount_grosze) <> 0
"""
"""One side of every open accrual: sign, kind of account, first transaction."""


def differences(where: str) -> str:
    """Lines that are not what their fact earns, and earnings without a line."""
    return (
        "SELECT e.fact_id, e.component_id, e.amount, l.amount_grosze, l.public_id"
        f" FROM {expected(where)} e LEFT JOIN bonuses_line l"
        " ON l.fact_id = e.fact_id AND l.component_id = e.component_id"
        " WHERE (l.id IS NULL AND e.amount <> 0) OR l.amount_grosze <> e.amount"
        " OR l.whole_grosze <> e.whole OR l.person_id <> e.person_id OR l.month <> e.month"
        " ORDER BY e.fact_id, e.component_id"
    )


BALANCES = f"""
UPDATE bonuses_account SET balance = balance + COALESCE((
    SELECT CAST(SUM(e.amount) AS bigint)
    FROM bonuses_ledgertransaction t JOIN bonuses_entry e ON e.transaction_id = t.id
    WHERE {OPEN} AND e.account_id = bonuses_account.id
), 0)
WHERE id IN ({{marks}})
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
