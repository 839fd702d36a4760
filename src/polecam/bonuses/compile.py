"""A plan compiled: what its components become as SQL, with integers only, for both databases.

A component that looks at one fact alone is plain: one generic join pays all of those
(bonuses.earning). Any other is cumulative: its bands become one CASE over the sum reached so
far, its numbers written into the statement. docs/adr/0021 has the law and the proof of the sums.

Every number fits 64 bits as long as rules.within_bounds holds, which publishing requires.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import connection

from polecam.bonuses.models import Band, Base, Component, FactKind, PlanVersion, Shape
from polecam.bonuses.rules import Row
from polecam.kit.money import WHOLE_BP

HALF = WHOLE_BP // 2


@dataclass(frozen=True)
class Part:
    """A component as the engine needs it; amounts in grosze, borders in units of its measure."""

    id: int
    version_id: int
    plan_id: int
    fact_kind: str
    base: str
    shape: str
    amount: int
    rate: int
    floor: int
    cap: int
    needs_kind: str
    needs_least: int
    needs_most: int | None
    window_from: datetime | None
    window_until: datetime | None
    budget: int
    months: int
    own_hold: bool
    plain: bool
    rows: tuple[Row, ...]

    @property
    def column(self) -> str:
        """The column of a fact that is measured (a count has none)."""
        return {Base.VALUE: "value_grosze", Base.MARGIN: "base_grosze"}.get(Base(self.base), "")

    @property
    def scaled(self) -> bool:
        """Whether part of full time changes anything: there is a cap or a border."""
        return bool(self.cap) or self.shape != Shape.FLAT

    @property
    def first_month(self) -> str:
        """No fact of its counts in an earlier month."""
        if self.window_from is None:
            return ""
        return (self.window_from - timedelta(days=1)).strftime("%Y-%m")

    def looks_at(self, kinds: Iterable[str]) -> bool:
        """Whether facts of these kinds can change what it pays."""
        return self.fact_kind in kinds or self.needs_kind in kinds


@dataclass(frozen=True)
class Compiled:
    """The components of some versions, by how they are paid."""

    parts: tuple[Part, ...]

    @property
    def plain(self) -> tuple[Part, ...]:
        """Paid fact by fact."""
        return tuple(part for part in self.parts if part.plain)

    @property
    def cells(self) -> tuple[Part, ...]:
        """Paid by what a seller's month adds up to."""
        return tuple(part for part in self.parts if not part.plain and not part.budget)

    @property
    def rest(self) -> tuple[Part, ...]:
        """All that are not plain."""
        return self.cells + self.budgets

    @property
    def budgets(self) -> tuple[Part, ...]:
        """Paid out of one budget, across sellers."""
        return tuple(part for part in self.parts if part.budget)


def of_versions(ids: Iterable[int]) -> Compiled:
    """These versions' components, published or draft."""
    rows = PlanVersion.objects.filter(pk__in=set(ids))
    return of_rows(rows.values_list("pk", "public_id", "published_at"))


def of_version(version_id: int) -> Compiled:
    """The components of one version as they stand now, published or draft."""
    return Compiled(_read(version_id))


def of_rows(rows: Iterable[tuple]) -> Compiled:
    """The same, of versions already read: id, public id, when published."""
    parts: list[Part] = []
    for key, name, published in sorted(rows, key=lambda row: row[0]):
        parts += _published(key, name) if published else _read(key)
    return Compiled(tuple(parts))


@lru_cache(maxsize=256)
def _published(version_id: int, _public_id: str) -> tuple[Part, ...]:
    """Cached in the process: a published version never changes. The public id is part of the key,
    since an id may come again where a transaction was rolled back."""
    return _read(version_id)


def _read(version_id: int) -> tuple[Part, ...]:
    rows = Component.objects.filter(version=version_id).select_related("version")
    components = list(rows.order_by("position"))
    bands: dict[int, list[Row]] = {}
    if any(row.shape != Shape.FLAT for row in components):
        for band in Band.objects.filter(component__version=version_id).order_by("lower"):
            weight = band.amount_grosze or band.rate_bp
            bands.setdefault(band.component_id, []).append(Row(band.lower, band.upper, weight))
    return tuple(_part(row, tuple(bands.get(row.pk, ()))) for row in components)


def _part(row: Component, rows: tuple[Row, ...]) -> Part:
    return Part(
        id=row.pk,
        version_id=row.version_id,
        plan_id=row.version.plan_id,
        fact_kind=row.fact_kind,
        base=row.base,
        shape=row.shape,
        amount=row.amount_grosze,
        rate=row.rate_bp,
        floor=row.floor_grosze,
        cap=row.cap_grosze,
        needs_kind=row.needs_kind,
        needs_least=row.needs_least,
        needs_most=row.needs_most,
        window_from=row.window_from,
        window_until=row.window_until,
        budget=row.budget_grosze,
        months=row.months if row.fact_kind == FactKind.RETAINED else 0,
        own_hold=row.hold_days is not None,
        plain=row.stands_alone,
        rows=rows,
    )


# --- expressions --------------------------------------------------------------------------------


COUNTED = "f.share_bp"
"""What a fact adds to a count: the seller's part of it, in basis points."""


def units(part: Part) -> str:
    """The seller's own part of what a component measures, over a fact `f`; of a flat component,
    of what it gives. Nothing is below zero."""
    if part.shape == Shape.FLAT:
        return _shared(_whole(part))
    return _shared(f"f.{part.column}") if part.column else COUNTED


def _whole(part: Part) -> str:
    """What a flat component gives for a whole fact (bonuses.rules.whole_of)."""
    if not part.rate:
        return f"CAST({max(part.amount, part.floor)} AS bigint)"
    exact = f"f.{part.column} * {part.rate} + {HALF}"
    given = f"({exact}) / {WHOLE_BP}"
    if not part.floor:
        return given
    return f"CASE WHEN {exact} < {part.floor * WHOLE_BP} THEN {part.floor} ELSE {given} END"


def _shared(whole: str) -> str:
    """kit.money.part_of, of a whole of 0 or more."""
    start, end = "f.share_offset_bp", "(f.share_offset_bp + f.share_bp)"
    return (
        f"CASE WHEN f.share_bp = {WHOLE_BP} THEN {whole}"
        f" ELSE (({whole}) * {end} + {HALF}) / {WHOLE_BP}"
        f" - (({whole}) * {start} + {HALF}) / {WHOLE_BP} END"
    )


def tier(part: Part, upto: str, total: str, factor: str = "") -> str:
    """What the first `upto` units of a month's `total` bring, before the cap (rules.tier).

    `upto` and `total` are columns of integers of 0 or more, `factor` one of basis points ("": full
    time). A flat component's units are grosze already.
    """
    if part.shape == Shape.FLAT:
        return upto
    if part.shape == Shape.WHOLE:
        return _by_band(part.rows, upto, total, factor)
    return _banded(part.rows, upto, factor)


def capped(part: Part, amount: str, factor: str = "") -> str:
    """`amount` (an expression), at most the cap of the seller and month."""
    if not part.cap:
        return amount
    cap = f"(({part.cap} * {factor} + {HALF}) / {WHOLE_BP})" if factor else str(part.cap)
    return f"CASE WHEN {amount} > {cap} THEN {cap} ELSE {amount} END"


def allowed(part: Part, counted: str) -> str:
    """Whether the condition holds: `counted` basis points of facts of the kind it needs."""
    most = part.needs_most
    least = f"{counted} >= {part.needs_least * WHOLE_BP}"
    return least if most is None else f"({least} AND {counted} <= {most * WHOLE_BP})"


def window(part: Part, column: str) -> str:
    """Whether a fact confirmed at `column` lies inside the component's window ("": always)."""
    bounds = []
    if part.window_from:
        bounds.append(f"{column} >= {moment(part.window_from)}")
    if part.window_until:
        bounds.append(f"{column} < {moment(part.window_until)}")
    return " AND ".join(bounds)


def moment(at: datetime) -> str:
    """An instant as this database writes it."""
    return f"'{connection.ops.adapt_datetimefield_value(at)}'"


def case(branches: Sequence[tuple[str, str]], otherwise: str = "0") -> str:
    """CASE with one arm each; without any, `otherwise`."""
    arms = " ".join(f"WHEN {when} THEN {then}" for when, then in branches)
    return f"CASE {arms} ELSE {otherwise} END" if arms else otherwise


def _banded(rows: Sequence[Row], upto: str, factor: str) -> str:
    """Each unit by the band it falls in, rounded once."""
    branches: list[tuple[str, int, Row | None]] = []
    paid = end = 0
    for row in rows:
        if row.lower > end or not branches:
            branches.append((f"{_at(upto, factor)} <= {_border(row.lower, factor)}", paid, None))
        if row.upper is None:
            branches.append(("", paid, row))
            break
        branches.append((f"{_at(upto, factor)} < {_border(row.upper, factor)}", paid, row))
        paid, end = paid + row.weight * (row.upper - row.lower), row.upper
    else:
        branches.append(("", paid, None))
    arms = [(when, _sum(upto, factor, before, row)) for when, before, row in branches]
    return case(arms[:-1], arms[-1][1])


def _by_band(rows: Sequence[Row], upto: str, total: str, factor: str) -> str:
    """Everything by the rate of the band that the month's total reached."""
    arms = [
        (
            f"{_at(total, factor)} >= {_border(row.lower, factor)}"
            + (f" AND {_at(total, factor)} < {_border(row.upper, factor)}" if row.upper else ""),
            f"({row.weight} * {upto} + {HALF}) / {WHOLE_BP}",
        )
        for row in rows
    ]
    return case(arms)


def _at(units: str, factor: str) -> str:
    return f"{WHOLE_BP} * {units}" if factor else units


def _border(units: int, factor: str) -> str:
    return f"{units} * {factor}" if factor else str(units)


def _sum(upto: str, factor: str, before: int, row: Row | None) -> str:
    """half_up of what the bands before bring (`before`) and the part reached of this one."""
    if not factor:
        here = f" + {row.weight} * ({upto} - {row.lower})" if row else ""
        return f"({before + HALF}{here}) / {WHOLE_BP}"
    # exact over 10^8, in two digits of 10^4 so that nothing outgrows 64 bits
    high, low = divmod(before, WHOLE_BP)
    tens, ones = f"{high} * {factor}", f"{low} * {factor}"
    if row:
        reached = f"({WHOLE_BP} * {upto} - {row.lower} * {factor})"
        tens += f" + {row.weight} * ({reached} / {WHOLE_BP})"
        ones += f" + {row.weight} * ({reached} %% {WHOLE_BP})"
    return f"({tens} + ({ones} + {HALF * WHOLE_BP}) / {WHOLE_BP}) / {WHOLE_BP}"
