"""The engine: lines of a month or of one cell, computed by the database from facts and components.

One run finds the facts that have no line yet, opens one ledger transaction for each seller x
component x month among them, and writes lines, entries and balances with INSERT ... SELECT. An
event runs it for its own facts, the nightly run for a whole month: the same statements, the same
arithmetic (bonuses.rules, kit.money), so the same grosze in any order and any batches.

Sums are cast to bigint before anything multiplies or divides them: the databases disagree on the
type of a sum, and with it on division. `/` between integers cuts towards zero on both.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from polecam.bonuses import ledger
from polecam.bonuses.models import AccountKind, LedgerTransaction, TransactionKind
from polecam.kit.money import WHOLE_BP


def _half_up(numerator: str, denominator: int) -> str:
    """kit.money.half_up in SQL."""
    double = 2 * denominator
    return (
        f"CASE WHEN {numerator} < 0 THEN (2 * {numerator} - {denominator}) / {double}"
        f" ELSE (2 * {numerator} + {denominator}) / {double} END"
    )


_RATED = _half_up("CAST(f.base_grosze AS bigint) * c.rate_bp", WHOLE_BP)
_END = _half_up("w.whole * (w.offset_bp + w.share_bp)", WHOLE_BP)
_START = _half_up("w.whole * w.offset_bp", WHOLE_BP)

EXPECTED = f"""
SELECT w.fact_id, w.component_id, w.person_id, w.month, w.vests_at, w.whole,
       ({_END}) - ({_START}) AS amount
FROM (
    SELECT f.id AS fact_id, c.id AS component_id, f.person_id, f.month, f.vests_at,
           CAST(f.share_bp AS bigint) AS share_bp, CAST(f.share_offset_bp AS bigint) AS offset_bp,
           CASE WHEN c.rate_bp > 0 THEN {_RATED} ELSE c.amount_grosze END AS whole
    FROM bonuses_creditedfact f
    JOIN bonuses_component c ON c.version_id = f.version_id AND c.fact_kind = f.kind
    WHERE f.reverses_id IS NULL AND {{scope}}
) w
"""  # noqa: S608 - built from constants
"""What every fact of a scope earns; a part of nothing makes no line."""

MISSING = (
    "NOT EXISTS (SELECT 1 FROM bonuses_line l WHERE l.fact_id = f.id AND l.component_id = c.id)"
)


@dataclass(frozen=True)
class Scope:
    """Which facts a run looks at: some by id, or all of a month."""

    where: str
    params: tuple[object, ...]


def of_facts(ids: list[int]) -> Scope:
    """These facts (one event's)."""
    return Scope(f"f.id IN ({', '.join(['%s'] * len(ids))})", tuple(ids))


def of_month(month: str) -> Scope:
    """All facts of a month `YYYY-MM`."""
    return Scope("f.month = %s", (month,))


def run(scope: Scope, *, at: datetime) -> list[LedgerTransaction]:
    """Write what the facts of `scope` earn and no line says yet; the transactions posted.

    Inside the caller's transaction. Running it again posts nothing.
    """
    expected = EXPECTED.format(scope=f"{scope.where} AND {MISSING}")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT e.person_id, e.component_id, e.month FROM ({expected}) e WHERE e.amount <> 0"  # noqa: S608
            " GROUP BY e.person_id, e.component_id, e.month ORDER BY 1, 2, 3",
            scope.params,
        )
        cells = cursor.fetchall()
        if not cells:
            return []
        accounts = ledger.lock_accounts(
            {person for person, _, _ in cells}, (AccountKind.EXPENSE, AccountKind.PENDING)
        )
        opened = ledger.open_transactions(
            LedgerTransaction(
                kind=TransactionKind.ACCRUE, month=month, person_id=person, component_id=part, at=at
            )
            for person, part, month in cells
        )
        cursor.execute(
            "INSERT INTO bonuses_line (public_id, fact_id, component_id, person_id, month,"
            " whole_grosze, amount_grosze, state, vests_at, accrual_id)"
            f" SELECT {_public_id()}, e.fact_id, e.component_id, e.person_id, e.month, e.whole,"  # noqa: S608
            f" e.amount, 'pending', e.vests_at, t.id FROM ({expected}) e"
            " JOIN bonuses_ledgertransaction t ON t.person_id = e.person_id"
            " AND t.component_id = e.component_id AND t.month = e.month"
            f" AND {ledger.OPEN} WHERE e.amount <> 0",
            [*scope.params, opened[0].pk],
        )
        for kind, sign in ((AccountKind.EXPENSE, -1), (AccountKind.PENDING, 1)):
            cursor.execute(
                "INSERT INTO bonuses_entry (transaction_id, account_id, amount)"
                " SELECT t.id, a.id, %s * CAST(SUM(l.amount_grosze) AS bigint)"
                f" FROM bonuses_ledgertransaction t JOIN bonuses_line l ON l.accrual_id = t.id"  # noqa: S608
                " JOIN bonuses_account a ON a.person_id = t.person_id AND a.unit = t.unit"
                f" AND a.kind = %s WHERE {ledger.OPEN}"
                " GROUP BY t.id, a.id HAVING SUM(l.amount_grosze) <> 0",
                [sign, kind, opened[0].pk],
            )
    ledger.close(opened, accounts)
    return opened


def differences(scope: Scope) -> list[str]:
    """Lines of `scope` that are not what their fact earns, and earnings without a line, in words."""
    expected = EXPECTED.format(scope=scope.where)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.fact_id, e.component_id, e.amount, l.amount_grosze, l.public_id"
            f" FROM ({expected}) e LEFT JOIN bonuses_line l"  # noqa: S608
            " ON l.fact_id = e.fact_id AND l.component_id = e.component_id"
            " WHERE (l.id IS NULL AND e.amount <> 0) OR l.amount_grosze <> e.amount"
            " OR l.whole_grosze <> e.whole OR l.person_id <> e.person_id OR l.month <> e.month"
            " ORDER BY e.fact_id, e.component_id",
            scope.params,
        )
        return [
            f"line {public_id or 'missing'} of fact {fact}, component {component}: "
            f"{found if public_id else 'nothing'} instead of {amount} grosze"
            for fact, component, amount, found, public_id in cursor.fetchall()
        ]


def _public_id() -> str:
    """60 random bits in SQL, in the alphabet of store.fields (hex with 0 and 1 made g and h)."""
    if connection.vendor == "postgresql":
        hexadecimal = "replace(CAST(gen_random_uuid() AS text), '-', '')"
        # The 13th and 17th digits of a random UUID say its version.
        letters = f"overlay({hexadecimal} placing '' from 13 for 1)"
    else:
        letters = "lower(hex(randomblob(8)))"
    return f"replace(replace(substr({letters}, 1, 15), '0', 'g'), '1', 'h')"
