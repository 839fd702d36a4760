"""The engine: what facts earn, computed by the database from facts and compiled plans.

One run compares what every fact of some sellers' months earns now with the lines it has, opens one
ledger transaction for each seller x component x month that differs, and writes lines, entries and
balances with INSERT ... SELECT. An event runs it for its own sellers' months, the nightly run for a
whole month, a simulation only sums (`totals`): the same statements, the same arithmetic, so the
same grosze in any order and any batches. docs/adr/0021-the-engine.md has the law.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from polecam.bonuses import budgets, earning, ledger, proration, statements
from polecam.bonuses import compile as compiler
from polecam.bonuses.compile import Compiled
from polecam.bonuses.models import (
    AccountKind,
    CreditedFact,
    LedgerTransaction,
    TransactionKind,
)
from polecam.bonuses.sql import Query
from polecam.bonuses.totals import Total, totals

__all__ = [
    "EVERYTHING",
    "Scope",
    "Total",
    "differences",
    "hold",
    "of_cells",
    "of_facts",
    "of_month",
    "run",
    "totals",
]

AT_ONCE = 4_000
"""So many transactions are opened by one statement."""
ACCOUNTS = (
    AccountKind.EXPENSE,
    AccountKind.PENDING,
    AccountKind.PAYABLE,
    AccountKind.RECEIVABLE,
)
"""What a run moves; and `payable`, which a closing holds: what it promises is known, or not yet."""


@dataclass(frozen=True)
class Scope:
    """Which facts a run looks at: SQL over `bonuses_creditedfact f`, and its parameters.

    It holds whole months of sellers, since what a fact earns may depend on all others of its
    month. `people` and `months`: all of them, where they are known (else they are looked up).
    `kinds`: what changed; a budget that has nothing to do with it is left alone.
    """

    where: str
    params: tuple[int | str, ...] = ()
    people: frozenset[int] | None = None
    months: frozenset[str] | None = None
    kinds: frozenset[str] | None = None

    @property
    def query(self) -> Query:
        """The same for the statements."""
        return Query(self.where, self.params)


EVERYTHING = Scope("1 = 1")


def of_month(month: str) -> Scope:
    """All facts of a month `YYYY-MM`."""
    return Scope("f.month = %s", (month,), months=frozenset([month]))


def of_cells(cells: Iterable[tuple[int, str]], kinds: Iterable[str] | None = None) -> Scope:
    """Months of sellers: person id and `YYYY-MM`."""
    people: dict[str, set[int]] = defaultdict(set)
    for person, month in cells:
        people[month].add(person)
    arms: list[str] = []
    params: list[int | str] = []
    for month in sorted(people):
        arms.append(f"(f.month = %s AND f.person_id IN ({', '.join(['%s'] * len(people[month]))}))")
        params += [month, *sorted(people[month])]
    return Scope(
        f"({' OR '.join(arms)})" if arms else "1 = 0",
        tuple(params),
        frozenset().union(*people.values()),
        frozenset(people),
        None if kinds is None else frozenset(kinds),
    )


def of_facts(ids: Iterable[int]) -> Scope:
    """The months of sellers in which these facts (one event's) count."""
    rows = CreditedFact.objects.filter(pk__in=list(ids)).values_list("person", "month", "kind")
    found = list(rows)
    return of_cells({(who, month) for who, month, _ in found}, {kind for _, _, kind in found})


def hold(scope: Scope, versions: Iterable[int] = ()) -> set[int]:
    """Lock the budgets that a run over `scope` may spend of, and those of these versions; whose
    accounts it may move: a budget is shared by all who have facts it pays for."""
    plan = _touched(scope, versions)
    budgets.hold(plan.budgets)
    facts = CreditedFact.objects.filter(version__in={part.version_id for part in plan.budgets})
    sharing = facts.filter(kind__in={part.fact_kind for part in plan.budgets})
    found = set(sharing.values_list("person", flat=True).distinct()) if plan.budgets else set()
    return found | set(scope.people or ())


def run(scope: Scope, *, at: datetime) -> list[LedgerTransaction]:
    """Write what the facts of `scope` earn and their lines do not say yet; the transactions posted.

    Inside the caller's transaction. What earned before and now earns more or less gets a line of
    the difference. Running it again posts nothing. Locks: budgets by component, accounts by id;
    only then is computed, so that two who meet in a seller's month both count.
    """
    plan = _touched(scope)
    held = budgets.hold(plan.budgets)
    wanting = statements.wanting(_expected(plan, scope), ledger.open_month(at))
    everybody = scope.people is not None and not held
    people = scope.people if everybody else {row[1] for row in _rows(statements.cells(wanting))}
    if not plan.parts or not people:
        budgets.settle(held)
        return []
    ledger.lock_accounts(people, ACCOUNTS)
    cells = [row for row in _rows(statements.cells(wanting)) if row[1] in people]
    opened = list(_write(cells, wanting, at))
    if opened:
        with connection.cursor() as cursor:
            for sign, spent in ((-1, 1), (1, 0)):
                cursor.execute(statements.ENTRIES, [sign, spent, opened[0].pk])
        ledger.close(opened)
    budgets.settle(held)
    return opened


def differences(scope: Scope) -> list[str]:
    """In words: lines of `scope` that are not what their fact earns, earnings without a line."""
    plan = _touched(scope)
    found = []
    for parts, also in ((plan.plain, "d.first_whole <> d.whole"), (plan.rest, "")):
        rows = _expected(Compiled(parts), scope)
        for row in _rows(statements.differences(rows, also)):
            fact, component, amount, had, name = row
            found.append(
                f"line {name or 'missing'} of fact {fact}, component {component}:"
                f" {had if name else 'nothing'} instead of {amount} grosze"
            )
    for fact, component, had, name in _rows(statements.strays(scope.query)):
        found.append(
            f"line {name} of fact {fact}, component {component}: {had} instead of 0 grosze"
        )
    for fact, component, had, name in _rows(statements.misplaced(scope.query)):
        found.append(
            f"line {name} of fact {fact}, component {component}: {had} grosze in a wrong month or"
            " for a wrong seller"
        )
    return found


def _touched(scope: Scope, versions: Iterable[int] = ()) -> Compiled:
    """The plans that pay for the facts of `scope`; of budgets those that have to do with it."""
    few = scope.people is not None
    found = {version for (version,) in _rows(statements.versions(scope.query, few=few))}
    plan = compiler.of_versions({*found, *versions})
    if scope.kinds is None:
        return plan
    kept = (part for part in plan.parts if not part.budget or part.looks_at(scope.kinds))
    return replace(plan, parts=tuple(kept))


def _expected(plan: Compiled, scope: Scope) -> Query:
    scaled = [part for part in plan.parts if part.scaled]
    factors: proration.Factors = {}
    if scaled:
        wide = any(part.budget for part in scaled)
        months = None if wide else scope.months
        people = None if wide else scope.people
        factors = proration.factors({part.plan_id for part in scaled}, months, people)
    return earning.expected(plan, scope.query, factors)


def _write(cells: list[tuple], wanting: Query, at: datetime) -> Iterator[LedgerTransaction]:
    """Open a transaction for each cell and write its lines."""
    for start in range(0, len(cells), AT_ONCE):
        some = cells[start : start + AT_ONCE]
        opened = ledger.open_transactions(
            LedgerTransaction(
                kind=TransactionKind.ACCRUE, month=month, person_id=person, component_id=part, at=at
            )
            for _way, person, part, month, _sum in some
        )
        listed = [(row.pk, *cell[:4]) for row, cell in zip(opened, some, strict=True)]
        write_lines(wanting, listed)
        yield from opened


def write_lines(wanting: Query, opened: list[tuple[int, int, int, int, str]]) -> None:
    """Lines of open transactions (id, way, person, component, month), computed where written."""
    query = statements.lines(wanting, opened)
    with connection.cursor() as cursor:
        cursor.execute(f"{statements.INTO_LINES}{query.text}", query.values)


def _rows(query: Query) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query.text, query.values)
        return cursor.fetchall()
