"""What a plan pays for a month's measures, as values: for the questions a simulation asks.

The engine computes what is paid (bonuses.engine.totals). Here the same formula stands over the
measures of one month, so that a month can be looked at as it might have been: sales split in two,
a few days moved across its border. Pure: no database, no clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from polecam.bonuses import rules
from polecam.bonuses.models import Base, FactKind, Shape
from polecam.bonuses.rules import Row
from polecam.kit.money import WHOLE_BP, half_up


@dataclass(frozen=True, slots=True)
class Measure:
    """A seller's own part of the facts of one kind: how many (basis points of one), and the
    margin and value of sales in grosze."""

    count_bp: int = 0
    margin: int = 0
    value: int = 0

    def of(self, base: str) -> int:
        """What a component of `base` measures."""
        return {Base.COUNT: self.count_bp, Base.MARGIN: self.margin}.get(Base(base), self.value)

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(
            self.count_bp + other.count_bp, self.margin + other.margin, self.value + other.value
        )

    def __sub__(self, other: "Measure") -> "Measure":
        return Measure(
            self.count_bp - other.count_bp, self.margin - other.margin, self.value - other.value
        )

    def scaled(self, factor_bp: int) -> "Measure":
        """`factor_bp` of it, each measure rounded once."""
        if factor_bp == WHOLE_BP:
            return self
        return Measure(
            half_up(self.count_bp * factor_bp, WHOLE_BP),
            half_up(self.margin * factor_bp, WHOLE_BP),
            half_up(self.value * factor_bp, WHOLE_BP),
        )


NOTHING = Measure()
Kinds = Mapping[str, Measure]
"""Kind of fact -> its measure in a month."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A component as values; see bonuses.models.Component for each term."""

    id: int = 0
    position: int = 1
    kind: str = FactKind.SALE
    base: str = Base.COUNT
    shape: str = Shape.FLAT
    weight: int = 0
    floor_grosze: int = 0
    cap_grosze: int = 0
    needs_kind: str = ""
    needs_least: int = 0
    needs_most: int | None = None
    budget_grosze: int = 0
    windowed: bool = False
    steps: tuple[Row, ...] = field(default=())

    @property
    def is_linear(self) -> bool:
        """Each fact pays by itself: when it happens and what else happens changes nothing."""
        return self.shape == Shape.FLAT and not (self.cap_grosze or self.needs_kind)

    def meets(self, kinds: Kinds) -> bool:
        """Whether a month has what the component needs."""
        if not self.needs_kind:
            return True
        found = kinds.get(self.needs_kind, NOTHING).count_bp
        most = self.needs_most
        return found >= self.needs_least * WHOLE_BP and (most is None or found <= most * WHOLE_BP)

    def pays(self, kinds: Kinds, factor_bp: int = WHOLE_BP) -> int:
        """What a month of these measures pays, in grosze. `factor_bp`: the part of a full month
        the seller was there, by which cap and bands shrink."""
        if not self.meets(kinds):
            return 0
        amount = self.tier(kinds.get(self.kind, NOTHING).of(self.base), factor_bp)
        cap = rules.scaled(self.cap_grosze, factor_bp)
        return min(amount, cap) if self.cap_grosze else amount

    def tier(self, measure: int, factor_bp: int = WHOLE_BP) -> int:
        """F(measure), rounded once; F_k(x) = k F(x / k) for a part of a month."""
        if self.shape == Shape.FLAT:
            return half_up(measure * self.weight, WHOLE_BP)
        whole = self.shape == Shape.WHOLE
        return rules.tier(self.steps, measure, whole=whole, factor_bp=factor_bp)

    def edges(self) -> list[int]:
        """Where a band begins that pays more than the one before."""
        weights = [0, *(step.weight for step in self.steps)]
        return [
            step.lower
            for before, step in zip(weights, self.steps, strict=False)
            if step.lower > 0 and step.weight > before
        ]
