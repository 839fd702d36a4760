"""How often clients agree, from closed months in which five sellers or more heard an answer.

The answer to an ask is read by its asker alone (invariant 21). So what leaves this module is cut
into cells of at least five sellers each, once a month is over: no pair of totals, and no total
minus one's own answers, gives away what a single colleague heard.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from polecam.asking.models import MomentTally

FEWEST_SELLERS = 5


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers heard, and how many of them were a yes."""

    asks: int = 0
    yes: int = 0

    def plus(self, asks: int, yes: int) -> "Answers":
        """The sum."""
        return Answers(self.asks + asks, self.yes + yes)


@dataclass(frozen=True, slots=True)
class Row:
    """Answers of one seller at one kind of moment in one month."""

    month: str
    kind: str
    seller: int
    asks: int
    yes: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A month's answers at some kinds of moment, of five sellers or more."""

    month: str
    kinds: frozenset[str]
    answers: Answers


def released(rows: Iterable[Row]) -> list[Cell]:
    """Cells that may be shown: they cover every answer of a month, or the month shows nothing."""
    months: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.asks > 0:
            months[row.month].append(row)
    return [cell for month in sorted(months) for cell in _cells(month, months[month])]


def _cells(month: str, rows: list[Row]) -> list[Cell]:
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(row)
    if _sellers(rows) < FEWEST_SELLERS:
        return []
    groups = sorted(by_kind.items(), key=lambda item: (_sellers(item[1]), item[0]))
    pool: list[Row] = []
    kinds: set[str] = set()
    while groups and (
        _sellers(groups[0][1]) < FEWEST_SELLERS or (pool and _sellers(pool) < FEWEST_SELLERS)
    ):
        kind, members = groups.pop(0)
        kinds.add(kind)
        pool += members
    cells = [Cell(month, frozenset({kind}), _sum(members)) for kind, members in groups]
    return [*cells, Cell(month, frozenset(kinds), _sum(pool))] if pool else cells


def _sellers(rows: Iterable[Row]) -> int:
    return len({row.seller for row in rows})


def _sum(rows: Iterable[Row]) -> Answers:
    total = Answers()
    for row in rows:
        total = total.plus(row.asks, row.yes)
    return total


def by_kind(branch_id: int, *, since: str, before: str) -> dict[str, Answers]:
    """Answers per kind of moment from the closed months [since, before), `YYYY-MM`.

    A kind that was pooled with others carries the pool's answers: the nearest the branch knows.
    """
    stored = MomentTally.objects.filter(
        branch_id=branch_id, month__gte=since, month__lt=before
    ).values_list("month", "kind", "seller_id", "asks", "yes")
    found: dict[str, Answers] = defaultdict(Answers)
    for cell in released(Row(*row) for row in stored):
        for kind in cell.kinds:
            found[kind] = found[kind].plus(cell.answers.asks, cell.answers.yes)
    return dict(found)
