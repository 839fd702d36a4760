"""What a version would credit, by seller, sentence and month: the engine's own totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from polecam.bonuses import engine, proration
from polecam.bonuses.models import PlanVersion, Shape
from polecam.insights.simulation_facts import Reach
from polecam.insights.simulation_terms import Terms


@dataclass(frozen=True, slots=True)
class Totals:
    """Grosze by (person, component, month)."""

    amounts: Mapping[tuple[int, int, str], int] = field(default_factory=dict)

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


def totals(version: PlanVersion, reach: Reach, kinds_bp: Mapping[str, int]) -> Totals:
    """The period's facts paid by `version`; `kinds_bp` scales what happened by kind."""
    if reach.is_empty:
        return Totals()
    rows = engine.totals(
        months=reach.months,
        branches=reach.branches,
        people=reach.people,
        version=version.pk,
        factors=kinds_bp,
    )
    return Totals({(row.person_id, row.component_id, row.month): row.grosze for row in rows})


def part_time(
    version: PlanVersion, reach: Reach, terms: Iterable[Terms]
) -> dict[tuple[int, str], int]:
    """(person, month) -> the part of a full month in basis points, where it is not the whole and
    changes anything: a cap or a border shrinks by it."""
    if not any(one.cap_grosze or one.shape != Shape.FLAT for one in terms):
        return {}
    found = proration.factors([version.plan_id], reach.months, reach.people)
    return {(person, month): bp for (_plan, person, month), bp in found.items()}
