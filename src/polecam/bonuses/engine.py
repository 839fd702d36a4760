"""The engine: what facts earn, computed by the database from facts and compiled plans.

One run compares what every fact of some sellers' months earns now with the lines it has, opens one
ledger transaction for each seller x component x month that differs, and writes lines, entries and
balances with INSERT ... SELECT. An event runs it for its own sellers' months, the nightly run for a
whole month, a simulation only sums (`totals`): the same statements, the same arithmetic, so the
same grosze in any order and any batches. docs/adr/0021-the-engine.md has the law.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection
from django.db.models import F

from polecam.bonuses import budgets, earning, ledger, posting, proration, statements
from polecam.bonuses import compile as compiler
from polecam.bonuses.compile import Compiled
from polecam.bonuses.models import (
    AccountKind,
    ComponentBudget,
    CreditedFact,
    LedgerTransaction,
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
    `kinds`: what changed; a budget that has nothing to do with it is left alone. `facts`: ids of
    what is new, where that is known: what plain components pay for all others stays as it was.
    """

    where: str
    params: tuple[int | str, ...] = ()
    people: frozenset[int] | None = None
    months: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    facts: frozenset[int] | None = None

    @property
    def query(self) -> Query:
        """The same for the statements."""
        return Query(self.where, self.params)


EVERYTHING = Scope("1 = 1")


def of_month(month: str) -> Scope:
    """All facts of a month `YYYY-MM`."""
    return Scope("f.month = %s", (month,), months=frozenset([month]))


def of_cells(
    cells: Iterable[tuple[int, str]],
    kinds: Iterable[str] | None = None,
    facts: Iterable[int] | None = None,
) -> Scope:
    """Months of sellers: person id and `YYYY-MM`; `kinds` and `facts` as in Scope."""
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
        None if facts is None else frozenset(facts),
    )


def of_facts(ids: Iterable[int]) -> Scope:
    """The months of sellers in which these facts (one event's) count."""
    facts = set(ids)
    found = list(CreditedFact.objects.filter(pk__in=facts).values_list("person", "month", "kind"))
    cells, kinds = {(who, month) for who, month, _ in found}, {kind for _, _, kind in found}
    return of_cells(cells, kinds, facts)


def hold(scope: Scope, versions: Iterable[int] = ()) -> set[int]:
    """Lock the budgets that a run over `scope` may spend of, and those of these versions; whose
    accounts it may move: a budget is shared by all who have facts it pays for."""
    held = budgets.hold(_touched(scope, versions).budgets)
    return {*_sharing(held), *(scope.people or ())}


def _sharing(held: list[ComponentBudget]) -> frozenset[int]:
    """Who has facts that these budgets pay for: what one gets, another does not."""
    if not held:
        return frozenset()
    facts = CreditedFact.objects.filter(
        version__component__in=[row.component_id for row in held],
        kind=F("version__component__fact_kind"),
    )
    return frozenset(facts.values_list("person", flat=True).distinct())


def _people(scope: Scope) -> frozenset[int]:
    return frozenset(person for (person,) in _rows(statements.people(scope.query)))


def run(scope: Scope, *, at: datetime) -> list[LedgerTransaction]:
    """Write what the facts of `scope` earn and their lines do not say yet; the transactions posted.

    Inside the caller's transaction. What earned before and now earns more or less gets a line of
    the difference. Running it again posts nothing. Locks: budgets by component, accounts by id;
    only then is computed, so that two who meet in a seller's month both count.
    """
    plan = _touched(scope)
    if not plan.parts:
        return []
    held = budgets.hold(plan.budgets)
    wanting = statements.wanting(_expected(plan, scope), ledger.open_month(at))
    posted: list[LedgerTransaction] = []
    if scope.people is not None:
        people = scope.people | _sharing(held)
        ledger.lock_accounts(people, ACCOUNTS)
        posted = posting.few(wanting, at)
    elif posting.is_wanting(wanting):
        ledger.lock_accounts(_people(scope) | _sharing(held), ACCOUNTS)
        posted = posting.many(wanting, at)
    budgets.settle(held)
    return posted


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
    plan = compiler.of_rows(_rows(statements.versions(scope.query, few=few)))
    more = set(versions) - {part.version_id for part in plan.parts}
    if more:
        plan = Compiled(plan.parts + compiler.of_versions(more).parts)
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
    alone = None
    if scope.facts is not None:
        marks = ", ".join(["%s"] * len(scope.facts)) or "NULL"
        alone = Query(f"f.id IN ({marks})", tuple(sorted(scope.facts)))
    return earning.expected(plan, scope.query, factors, alone)


def _rows(query: Query) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query.text, query.values)
        return cursor.fetchall()
