# ruff: noqa: S608 - every statement here is built from constants; values go in as parameters
"""What a simulation reads: measures of months by seller and kind, and what was really credited.

Facts that were taken back count on neither side. A fact counts in its own month, also where its
amount was posted later as a difference.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Max, Min

from polecam.bonuses.models import Base, CreditedFact, FactKind
from polecam.bonuses.sql import half_up
from polecam.insights.simulation_gaming import BORDER_DAYS, Cell, Thirds
from polecam.insights.simulation_terms import NOTHING, Measure, Terms
from polecam.kit.money import WHOLE_BP
from polecam.kit.money import half_up as half_up_of
from polecam.kit.periods import month_bounds

TAKEN_BACK = "SELECT r.reverses_id FROM bonuses_creditedfact r WHERE r.reverses_id IS NOT NULL"

Values = list[str | int]
"""Parameters of a statement, in order."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose facts of which months: branches by id, and, where a plan covers only some, people."""

    months: tuple[str, ...]
    branches: tuple[int, ...]
    people: tuple[int, ...] | None = None

    def where(self) -> tuple[str, Values]:
        """SQL over `bonuses_creditedfact f`, and its parameters. Nobody taken back."""
        said = [
            "f.reverses_id IS NULL",
            f"f.id NOT IN ({TAKEN_BACK})",
            f"f.month IN ({_marks(self.months)})",
            f"f.branch_id IN ({_marks(self.branches)})",
        ]
        values: Values = [*self.months, *self.branches]
        if self.people is not None:
            said.append(f"f.person_id IN ({_marks(self.people)})")
            values += self.people
        return " AND ".join(said), values

    @property
    def is_empty(self) -> bool:
        """Nobody, or no branch."""
        return not self.branches or self.people == ()


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


def months_with_facts(branches: Sequence[int]) -> tuple[str, str] | None:
    """The first and the last month (`YYYY-MM`) in which these branches have facts."""
    found = CreditedFact.objects.filter(branch__in=branches).aggregate(
        first=Min("month"), last=Max("month")
    )
    return (found["first"], found["last"]) if found["first"] else None


@dataclass(frozen=True, slots=True)
class Named:
    """A person's name, read along with their sums."""

    first_name: str
    last_name: str

    @property
    def full_name(self) -> str:
        """Both names."""
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Credited:
    """What the facts of the period have earned until now, by the versions that held for them, in
    grosze by (person, month of the fact); and everyone who has a fact in it, by id."""

    amounts: Mapping[tuple[int, str], int]
    people: Mapping[int, Named]


def credited(reach: Reach, people: Collection[int]) -> Credited:
    """The lines of the period's facts, a void one earns nothing; and the names of `people`, who
    have facts in it. One question, which walks along the lines."""
    if reach.is_empty or not people:
        return Credited({}, {})
    where, values = reach.where()
    found = _rows(
        "SELECT f.person_id, '', '', f.month, CAST(SUM(l.amount_grosze) AS bigint)"
        " FROM bonuses_line l CROSS JOIN bonuses_creditedfact f"
        f" WHERE f.id = l.fact_id AND l.state <> 'void' AND {where} GROUP BY f.person_id, f.month"
        " UNION ALL SELECT p.id, p.first_name, p.last_name, '', 0 FROM people_person p"
        f" WHERE p.id IN ({_marks(people)})",
        [*values, *people],
    )
    return Credited(
        {(person, month): grosze for person, _, _, month, grosze in found if month},
        {person: Named(first, last) for person, first, last, month, _ in found if not month},
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of fact of one seller in one third (0 early, 1, 2 late) of one month."""

    person_id: int
    month: str
    kind: str
    third: int
    measure: Measure
    floors: tuple[tuple[int, int], ...] = ()
    """(component, what its minimum would pay more for two halves), where it would."""


def measures(reach: Reach, terms: Collection[Terms], zone: str) -> list[Row]:
    """All measures of the period, in one pass over its facts, with what minimums of `terms` would
    pay more for sales split in two. Thirds only where `terms` can tell them apart."""
    if reach.is_empty:
        return []
    where, values = reach.where()
    cut, third, joined, bounds = _thirds(reach, terms, zone)
    least = [one for one in terms if one.floor_grosze and not one.windowed]
    extra = "".join(f", CAST(SUM({_least(one)}) AS bigint)" for one in least)
    found = _rows(
        f"{cut} SELECT f.person_id, f.month, f.kind, {third} AS third,"
        " CAST(SUM(f.share_bp) AS bigint),"
        f" CAST(SUM({_own('base_grosze')}) AS bigint),"
        f" CAST(SUM({_own('value_grosze')}) AS bigint){extra}"
        f" FROM bonuses_creditedfact f{joined} WHERE {where}"
        " GROUP BY f.person_id, f.month, f.kind" + (", third" if cut else ""),
        [*bounds, *values],
    )
    return [
        Row(
            person,
            month,
            kind,
            third,
            Measure(count, margin, value),
            tuple((one.id, more) for one, more in zip(least, mores, strict=True) if more),
        )
        for person, month, kind, third, count, margin, value, *mores in found
    ]


def _thirds(reach: Reach, terms: Iterable[Terms], zone: str) -> tuple[str, str, str, Values]:
    """A table of months with their borders, the third of a fact by it, its join, its values; or,
    where every component is linear, everything is in the middle."""
    if all(one.is_linear or one.windowed for one in terms):
        return "", "1", "", []
    rows, values = _borders(reach.months, zone)
    third = "CASE WHEN f.confirmed_at < b.early THEN 0 WHEN f.confirmed_at >= b.late THEN 2"
    return (
        f"WITH b (month, early, late) AS (VALUES {rows})",
        f"{third} ELSE 1 END",
        " JOIN b ON b.month = f.month",
        values,
    )


def _borders(months: Iterable[str], zone: str) -> tuple[str, Values]:
    """Rows of (month, end of its first days, start of its last days)."""
    mark = "(%s, CAST(%s AS timestamptz), CAST(%s AS timestamptz))"
    if connection.vendor == "sqlite":
        mark = "(%s, %s, %s)"
    rows: list[str] = []
    values: Values = []
    for month in months:
        start, end = month_bounds(month, zone)
        rows.append(mark)
        values += [
            month,
            str(connection.ops.adapt_datetimefield_value(start + timedelta(days=BORDER_DAYS))),
            str(connection.ops.adapt_datetimefield_value(end - timedelta(days=BORDER_DAYS))),
        ]
    return ", ".join(rows), values


def _own(column: str) -> str:
    """The seller's part of a base (kit.money.part_of); the whole is its own part."""
    base = f"CAST(f.{column} AS bigint)"
    end = half_up(f"({base} * (f.share_offset_bp + f.share_bp))", WHOLE_BP)
    start = half_up(f"({base} * f.share_offset_bp)", WHOLE_BP)
    return f"CASE WHEN f.share_bp = {WHOLE_BP} THEN {base} ELSE ({end}) - ({start}) END"


def _least(one: Terms) -> str:
    """What a minimum would pay more, had the sale been written as two of half the size
    (insights.simulation_gaming.floor_of_two, this seller's part of it)."""
    column = "base_grosze" if one.base == Base.MARGIN else "value_grosze"
    rated = f"(CAST(f.{column} AS bigint) * {one.weight:d})"
    whole, half = half_up(rated, WHOLE_BP), half_up(rated, 2 * WHOLE_BP)
    least = f"{one.floor_grosze:d}"
    return (
        f"CASE WHEN f.kind = '{FactKind(one.kind).value}' THEN"
        f" (2 * (CASE WHEN ({half}) > {least} THEN ({half}) ELSE {least} END)"
        f" - (CASE WHEN ({whole}) > {least} THEN ({whole}) ELSE {least} END))"
        f" * f.share_bp / {WHOLE_BP} ELSE 0 END"
    )


def cells(
    rows: Iterable[Row], factors: Mapping[tuple[int, str], int], kinds_bp: Mapping[str, int]
) -> list[Cell]:
    """The months of sellers. `factors`: the part of a month (basis points) they were there;
    `kinds_bp`: how many of each kind the what-if sees."""
    found: dict[tuple[int, str], dict[str, list[Measure]]] = {}
    more: dict[tuple[int, str], dict[int, int]] = {}
    for row in rows:
        key, scale = (row.person_id, row.month), kinds_bp.get(row.kind, WHOLE_BP)
        thirds = found.setdefault(key, {}).setdefault(row.kind, [NOTHING, NOTHING, NOTHING])
        thirds[row.third] += row.measure.scaled(scale)
        for component, grosze in row.floors:
            extra = more.setdefault(key, {})
            extra[component] = extra.get(component, 0) + half_up_of(grosze * scale, WHOLE_BP)
    return [
        Cell(
            person,
            month,
            {kind: Thirds(*thirds) for kind, thirds in kinds.items()},
            factors.get((person, month), WHOLE_BP),
            more.get((person, month)),
        )
        for (person, month), kinds in found.items()
    ]


def _rows(sql: str, values: Sequence[str | int]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
