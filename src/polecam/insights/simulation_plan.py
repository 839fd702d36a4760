"""What a simulation needs of a plan version: its terms as values, whom it covers, what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import FilteredRelation, Q, prefetch_related_objects

from polecam.bonuses.models import Band, Base, Component, Plan, PlanVersion, Shape
from polecam.bonuses.planning import component_rules as plan_component_rules
from polecam.bonuses.planning.draft import DraftBand, DraftComponent, Problem, Severity
from polecam.bonuses.planning.queries import ROW, SENTENCE
from polecam.bonuses.rules import Row
from polecam.insights.simulation_terms import Terms
from polecam.organisation.tree import today, tree
from polecam.people.models import Membership, Role


def components_of(version: PlanVersion) -> list[Component]:
    """The sentences of a version in their order, bands read along."""
    found = list(Component.objects.filter(version=version).order_by("position"))
    if any(one.shape != Shape.FLAT for one in found):
        prefetch_related_objects(found, "band_set")
    return found


def bands_of(component: Component) -> list[Band]:
    """Its rows from the lowest; a flat component has none."""
    if component.shape == Shape.FLAT:
        return []
    return sorted(component.band_set.all(), key=lambda band: band.lower)


def terms_of(component: Component) -> Terms:
    """A stored component as values."""
    counts = component.base == Base.COUNT
    return Terms(
        id=component.pk,
        position=component.position,
        kind=component.fact_kind,
        base=component.base,
        shape=component.shape,
        weight=component.amount_grosze if counts else component.rate_bp,
        floor_grosze=component.floor_grosze,
        cap_grosze=component.cap_grosze,
        needs_kind=component.needs_kind,
        needs_least=component.needs_least,
        needs_most=component.needs_most,
        budget_grosze=component.budget_grosze,
        windowed=component.window_from is not None or component.window_until is not None,
        steps=tuple(
            Row(band.lower, band.upper, band.amount_grosze if counts else band.rate_bp)
            for band in bands_of(component)
        ),
    )


def to_mend(version: PlanVersion, components: Iterable[Component]) -> list[Problem]:
    """Errors of a draft's sentences: with them there is nothing to count by. When it starts, and
    what a regulated firm asks of it, is for publishing, and stops no trial."""
    if version.published_at is not None:
        return []
    components = list(components)
    if not components:
        return [Problem("plan_empty", field="components")]
    found: list[Problem] = []
    for component in components:
        found += plan_component_rules.problems(
            _draft(component),
            component.position,
            valid_from=version.valid_from,
            regulated=False,
        )
    wrong = [one for one in found if one.severity is Severity.ERROR]
    return [one for one in wrong if not one.field.startswith("window")]


def _draft(component: Component) -> DraftComponent:
    return DraftComponent(
        **{name: getattr(component, name) for name in SENTENCE},
        bands=tuple(
            DraftBand(**{name: getattr(band, name) for name in ROW}) for band in bands_of(component)
        ),
    )


@dataclass(frozen=True, slots=True)
class Covers:
    """Why a plan covers somebody, as values: an assignment, or that it covers everybody there."""

    plan_id: int
    person_id: int | None = None
    role: str = ""
    branch_id: int | None = None
    everybody: bool = False
    height: int = 0
    """How many places above `branch_id` the plan is written for: the nearer counts more."""

    @property
    def nearness(self) -> int:
        """The nearest counts, in the order of bonuses.planning.coverage."""
        if self.person_id is not None:
            return 20
        if self.role:
            return 16 if self.branch_id is None else 19 - self.height
        if self.everybody:
            return 1 if self.branch_id is None else 14 - 2 * self.height
        return 2 if self.branch_id is None else 15 - 2 * self.height

    def holds(self, person_id: int, branch_id: int, role: str) -> bool:
        """Whether it is about this member."""
        if self.person_id is not None:
            return self.person_id == person_id
        return self.role in ("", role) and self.branch_id in (None, branch_id)


def covered(
    plan_id: int, reasons: Iterable[Covers], members: Iterable[tuple[int, int, str]]
) -> frozenset[tuple[int, int]]:
    """(branch, person) of the members (person, branch, role) whom a plan covers before any other.
    A plan that covers nobody yet is tried out on everybody."""
    rows = sorted(reasons, key=lambda one: one.nearness, reverse=True)
    waits = all(row.plan_id != plan_id for row in rows)
    found = set()
    for person_id, branch_id, role in members:
        nearest = next((row for row in rows if row.holds(person_id, branch_id, role)), None)
        if waits or (nearest is not None and nearest.plan_id == plan_id):
            found.add((branch_id, person_id))
    return frozenset(found)


def whom(
    version: PlanVersion, branches: Iterable[int], at: datetime
) -> tuple[tuple[int, ...], tuple[int, ...] | None]:
    """(branches, people) whom the version's plan covers at `at`, or when the version starts; people
    None: everybody in them."""
    asked = tuple(branches)
    reasons = _reasons(version, asked, max(at, version.valid_from))
    if all(row.everybody for row in reasons):
        pairs = covered(version.plan_id, reasons, ((0, branch, "") for branch in asked))
        return tuple(branch for branch in asked if (branch, 0) in pairs), None
    rows = Membership.objects.filter(branch__in=asked, role__in=(Role.SELLER, Role.MANAGER))
    members = rows.values_list("person_id", "branch_id", "role").distinct()
    people = {person for _, person in covered(version.plan_id, reasons, members)}
    return asked, tuple(sorted(people))


def _reasons(version: PlanVersion, branches: tuple[int, ...], moment: datetime) -> list[Covers]:
    """Two queries: the tree, then assignments that hold at `moment` and plans for everybody that
    are in force. What holds for a place holds for those below it, from higher up."""
    whole = tree(today(moment))
    lines = {place: [place, *whole.above(place)] for place in branches}
    holds = Q(assignment__since__lte=moment) & (
        Q(assignment__until=None) | Q(assignment__until__gt=moment)
    )
    in_force = Q(planversion__published_at__isnull=False, planversion__valid_from__lte=moment)
    near = {place for line in lines.values() for place in line}
    plans = Plan.objects.filter(
        Q(branch=None) | Q(branch__in=near), in_force | Q(pk=version.plan_id)
    )
    assigned = FilteredRelation("assignment", condition=holds)
    rows = plans.annotate(held=assigned).values_list(
        "pk", "covers_all", "branch_id", "held__pk", "held__person", "held__role", "held__branch"
    )
    found = []
    for plan, everybody, branch, assignment, person, role, where in rows.distinct():
        if everybody:
            found += [
                Covers(plan, branch_id=b, everybody=True, height=n) for b, n in _at(branch, lines)
            ]
        if assignment is not None:
            found += [Covers(plan, person, role, b, height=n) for b, n in _at(where, lines)]
    return found


def _at(branch: int | None, lines: dict[int, list[int]]) -> list[tuple[int | None, int]]:
    """The asked places that are in `branch`, and how far below it; the firm is everywhere."""
    if branch is None:
        return [(None, 0)]
    found: list[tuple[int | None, int]] = [
        (place, line.index(branch)) for place, line in lines.items() if branch in line
    ]
    return found or [(branch, 0)]
