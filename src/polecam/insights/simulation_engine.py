"""What a version would credit, by seller, sentence and month: the engine's totals, or nearly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from polecam.bonuses.models import PlanVersion
from polecam.insights.simulation_facts import Reach, Row
from polecam.insights.simulation_terms import NOTHING, Measure, Terms
from polecam.kit.money import WHOLE_BP


@dataclass(frozen=True, slots=True)
class Totals:
    """Grosze by (person, component, month). `factors`: the part of a month, in basis points, that a
    seller was there, where it is not the whole."""

    amounts: Mapping[tuple[int, int, str], int] = field(default_factory=dict)
    factors: Mapping[tuple[int, str], int] = field(default_factory=dict)

    def by_person(self) -> dict[int, int]:
        """Person id -> grosze."""
        return summed(self.amounts, 0)

    def by_component(self) -> dict[int, int]:
        """Component id -> grosze."""
        return summed(self.amounts, 1)

    def by_month(self) -> dict[str, int]:
        """Month -> grosze."""
        return summed(self.amounts, 2)


def summed(amounts: Mapping[tuple, int], place: int) -> dict:
    """Amounts by one part of their keys."""
    sums: dict = {}
    for key, grosze in amounts.items():
        sums[key[place]] = sums.get(key[place], 0) + grosze
    return sums


def totals(
    version: PlanVersion,
    reach: Reach,
    terms: Iterable[Terms],
    rows: Iterable[Row],
    kinds_bp: Mapping[str, int],
) -> Totals:
    """The period's facts paid by `version`; `kinds_bp` scales what happened by kind."""
    months: dict[tuple[int, str], dict[str, Measure]] = {}
    for row in rows:
        if row.month in reach.months:
            kinds = months.setdefault((row.person_id, row.month), {})
            kinds[row.kind] = kinds.get(row.kind, NOTHING) + row.measure
    amounts = {}
    for (person, month), kinds in months.items():
        scaled = {kind: one.scaled(kinds_bp.get(kind, WHOLE_BP)) for kind, one in kinds.items()}
        for one in terms:
            if grosze := one.pays(scaled):
                amounts[person, one.id, month] = grosze
    return Totals(amounts)
