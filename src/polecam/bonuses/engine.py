"""The engine: lines of a month or of one cell, computed by the database from facts and components.

One run finds the facts that have no line yet, opens one ledger transaction for each seller x
component x month among them, and writes lines, entries and balances with INSERT ... SELECT. An
event runs it for its own facts, the nightly run for a whole month: the same statements, the same
arithmetic (bonuses.rules, kit.money), so the same grosze in any order and any batches.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from polecam.bonuses import ledger, statements
from polecam.bonuses.models import AccountKind, LedgerTransaction, TransactionKind


@dataclass(frozen=True)
class Scope:
    """Which facts a run looks at: SQL over `bonuses_creditedfact f`, and its parameters."""

    where: str
    params: tuple[int | str, ...] = ()


EVERYTHING = Scope("1 = 1")


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
    with connection.cursor() as cursor:
        cursor.execute(statements.cells(scope.where), scope.params)
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
        first = opened[0].pk
        cursor.execute(statements.lines(scope.where, connection.vendor), [*scope.params, first])
        for sign, kind in ((-1, AccountKind.EXPENSE), (1, AccountKind.PENDING)):
            cursor.execute(statements.ENTRIES, [sign, kind, first])
    ledger.close(opened, accounts)
    return opened


def differences(scope: Scope) -> list[str]:
    """In words: lines of `scope` that are not what their fact earns, earnings without a line."""
    with connection.cursor() as cursor:
        cursor.execute(statements.differences(scope.where), scope.params)
        return [
            f"line {public_id or 'missing'} of fact {fact}, component {component}: "
            f"{found if public_id else 'nothing'} instead of {amount} grosze"
            for fact, component, amount, found, public_id in cursor.fetchall()
        ]
