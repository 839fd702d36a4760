"""Where a plan could be played: what a seller would gain without one sale more.

Each question compares a month as it was with the same month as it might have been written down,
by the same terms. It names nobody: a plan is at fault here, never a person. Special actions with a
window are left out, since their facts cannot be moved about the month. Source: Larkin, timing
games under accelerators cost 6-8% of revenue (evidence.md). Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from polecam.bonuses.models import Base, FactKind
from polecam.insights.simulation_terms import NOTHING, Kinds, Measure, Terms
from polecam.kit.money import WHOLE_BP, half_up, share_of

BORDER_DAYS = 5
"""How many days at either end of a month could have been written in the other month."""
NEAR_BP = 500
"""Within 5% below an edge."""
WORTH = 100
"""Gains under one zloty are rounding, and tempt nobody."""
SPLIT = frozenset({FactKind.SALE.value, FactKind.RETAINED.value})


@dataclass(frozen=True, slots=True)
class Thirds:
    """One kind of fact in one month: its first days, what lies between, its last days."""

    early: Measure = NOTHING
    middle: Measure = NOTHING
    late: Measure = NOTHING

    @property
    def whole(self) -> Measure:
        """The month."""
        return self.early + self.middle + self.late


@dataclass(frozen=True)
class Cell:
    """A seller's month: thirds by kind of fact; `factor_bp` is the part of it they were there;
    `floors`: what flat minimums would pay more, had each sale been two (component -> grosze)."""

    person_id: int
    month: str
    kinds: Mapping[str, Thirds]
    factor_bp: int = WHOLE_BP
    floors: Mapping[int, int] | None = None

    @cached_property
    def whole(self) -> dict[str, Measure]:
        """The month's measures."""
        return {kind: thirds.whole for kind, thirds in self.kinds.items()}


@dataclass(frozen=True, slots=True)
class Temptation:
    """How many sellers would gain, the most that one of them would (grosze of the period), and
    which components (positions) make it so."""

    sellers: int = 0
    most_grosze: int = 0
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Gaming:
    """What the detectors found; None: nothing of the kind."""

    splitting: Temptation | None = None
    bunching: Temptation | None = None
    near_edge: Temptation | None = None


def look(terms: Sequence[Terms], cells: Sequence[Cell]) -> Gaming:
    """All three questions."""
    return Gaming(splitting(terms, cells), bunching(terms, cells), near_edge(terms, cells))


def splitting(terms: Iterable[Terms], cells: Sequence[Cell]) -> Temptation | None:
    """Had each seller written every sale as two halves: twice as many, the same sum."""
    gains = []
    for one in terms:
        if one.windowed or not _counts_sales(one):
            continue
        for cell in cells:
            was, factor = cell.whole, cell.factor_bp
            more = (cell.floors or {}).get(one.id, 0)
            if not SPLIT.isdisjoint(was):
                more += one.pays(_split(was), factor) - one.pays(was, factor)
            gains.append((one.position, cell.person_id, more))
    return _tempting(gains)


def _counts_sales(one: Terms) -> bool:
    """Whether the number of sales, and not only their sum, changes what it pays."""
    paid_each = one.kind in SPLIT and (one.base == Base.COUNT or one.floor_grosze > 0)
    return paid_each or one.needs_kind in SPLIT


def _split(kinds: Kinds) -> dict[str, Measure]:
    return {
        kind: Measure(2 * one.count_bp, one.margin, one.value) if kind in SPLIT else one
        for kind, one in kinds.items()
    }


def floor_of_two(base_grosze: int, rate_bp: int, floor_grosze: int) -> int:
    """What a minimum of `floor_grosze` pays more for two sales of half the base than for one."""
    once = max(share_of(base_grosze, rate_bp), floor_grosze)
    return 2 * max(half_up(base_grosze * rate_bp, 2 * WHOLE_BP), floor_grosze) - once


def bunching(terms: Iterable[Terms], cells: Sequence[Cell]) -> Temptation | None:
    """Had the last days of a month been written in the next one, or the first in the last one."""
    curved = [one for one in terms if not (one.is_linear or one.windowed)]
    gains = []
    matter = {one.kind for one in curved} | {one.needs_kind for one in curved}
    for before, after in _borders(cells) if curved else ():
        waits = _moved(before, after, matter, late=True)
        hurries = _moved(before, after, matter, late=False)
        factors = (before.factor_bp, after.factor_bp)
        for one in curved:
            was = _both(one, (before.whole, after.whole), factors)
            best = max(_both(one, months, factors) for months in (waits, hurries))
            gains.append((one.position, before.person_id, best - was))
    return _tempting(gains)


def _borders(cells: Sequence[Cell]) -> Iterable[tuple[Cell, Cell]]:
    """A seller's months next to one another."""
    placed = sorted(cells, key=lambda cell: (cell.person_id, cell.month))
    for first, second in pairwise(placed):
        if first.person_id == second.person_id and _ordinal(second) - _ordinal(first) == 1:
            yield first, second


def _ordinal(cell: Cell) -> int:
    year, month = cell.month.split("-")
    return int(year) * 12 + int(month)


def _moved(before: Cell, after: Cell, kinds: set[str], *, late: bool) -> tuple[Kinds, Kinds]:
    first, second = dict(before.whole), dict(after.whole)
    for kind in kinds & {*first, *second}:
        one, other = first.get(kind, NOTHING), second.get(kind, NOTHING)
        if late:
            part = before.kinds.get(kind, Thirds()).late
            first[kind], second[kind] = one - part, other + part
        else:
            part = after.kinds.get(kind, Thirds()).early
            first[kind], second[kind] = one + part, other - part
    return first, second


def _both(one: Terms, months: tuple[Kinds, Kinds], factors: tuple[int, int]) -> int:
    return sum(one.pays(kinds, factor) for kinds, factor in zip(months, factors, strict=True))


def near_edge(terms: Iterable[Terms], cells: Sequence[Cell]) -> Temptation | None:
    """Months that ended within 5% below an edge from which more is paid; the most that reaching it
    would have brought."""
    found = []
    for one in terms:
        if one.windowed:
            continue
        for edge in one.edges():
            for cell in cells:
                border = edge * cell.factor_bp
                has = cell.whole.get(one.kind, NOTHING).of(one.base)
                if border * (WHOLE_BP - NEAR_BP) <= has * WHOLE_BP * WHOLE_BP < border * WHOLE_BP:
                    reached = half_up(border, WHOLE_BP)
                    more = one.tier(reached, cell.factor_bp) - one.tier(has, cell.factor_bp)
                    found.append((one.position, cell.person_id, max(more, 0)))
    if not found:
        return None
    return Temptation(
        len({person for _, person, _ in found}),
        max(more for _, _, more in found),
        tuple(sorted({position for position, _, _ in found})),
    )


def _tempting(gains: Iterable[tuple[int, int, int]]) -> Temptation | None:
    """(position, person, grosze) of what pays more, summed by person; None where nobody gains."""
    people: dict[int, int] = {}
    positions = set()
    for position, person, more in gains:
        if more >= WORTH:
            people[person] = people.get(person, 0) + more
            positions.add(position)
    if not people:
        return None
    return Temptation(len(people), max(people.values()), tuple(sorted(positions)))
