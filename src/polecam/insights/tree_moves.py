"""What a move of a place would change, told before it is decided: sight, settings, plans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from polecam.bonuses.models import Plan, PlanVersion
from polecam.bonuses.planning.coverage import version_in_force
from polecam.kit.periods import day_bounds
from polecam.organisation import settings
from polecam.organisation.models import Branch, Setting
from polecam.organisation.tree import Tree, tree
from polecam.people.models import Membership, Person
from polecam.people.permissions import reach


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody gains or loses sight of the place, by a role held at `held_at`."""

    person: Person
    role: str
    held_at: Branch


@dataclass(frozen=True, slots=True)
class Changed:
    """A setting whose value changes for the place: from what, to what."""

    key: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Effects:
    """`people`, `places`: how many go along; `plan`: what holds for the place as such before and
    after; `begin`, `cease`: plans of the places above that begin or cease to cover it."""

    people: int
    places: int
    gain: list[Sight]
    lose: list[Sight]
    settings: list[Changed]
    before: PlanVersion | None
    after: PlanVersion | None
    begin: list[Plan]
    cease: list[Plan]

    @property
    def quiet(self) -> bool:
        """Whether nobody would notice."""
        found = (self.gain, self.lose, self.settings, self.begin, self.cease)
        return not any(found) and self.before == self.after


def effects(branch: Branch, parent: Branch | None, *, on: date, at: datetime) -> Effects:
    """What changes for `branch` and what is below it if it hangs below `parent` from a day on."""
    then = max(at, day_bounds(on, settings.zone())[0])
    whole = tree(on)
    old = whole.above(branch.pk)
    new = [parent.pk, *whole.above(parent.pk)] if parent else []
    lost, won = [p for p in old if p not in new], [p for p in new if p not in old]
    inside = [branch.pk, *whole.below([branch.pk])]
    here = Membership.objects.filter(branch__in=inside, until=None, person__is_active=True)
    return Effects(
        people=here.values("person").distinct().count(),
        places=len(inside) - 1,
        gain=_sight(won, inside, new),
        lose=_sight(lost, inside, new),
        settings=_settings(branch, old, new, then),
        before=version_in_force(None, branch.pk, then, above=old),
        after=version_in_force(None, branch.pk, then, above=new),
        begin=_plans(won, then),
        cease=_plans(lost, then),
    )


def _sight(above: list[int], inside: list[int], new: list[int]) -> list[Sight]:
    """Holders of roles that reach down from `above`, but for those whom another role of theirs,
    in the place or above it, shows the same."""
    held = Membership.objects.filter(until=None, person__is_active=True)
    rows = held.filter(branch__in=above).select_related("person", "branch")
    keep: dict[int, set[str]] = {}
    for person, place, role, level in held.filter(
        branch__in=[*inside[:1], *(one for one in new if one not in above)]
    ).values_list("person_id", "branch_id", "role", "branch__level"):
        if place == inside[0] or reach(role, level):
            keep.setdefault(person, set()).add(role)
    found = [
        Sight(row.person, row.role, row.branch)
        for row in rows.order_by("branch__name", "role", "id")
        if reach(row.role, row.branch.level) and row.role not in keep.get(row.person_id, ())
    ]
    return sorted(found, key=lambda one: above.index(one.held_at.pk))


def _settings(branch: Branch, old: list[int], new: list[int], at: datetime) -> list[Changed]:
    """Settings that the place inherits, and inherits from elsewhere then. One query."""
    places = [branch.pk, *old, *new]
    rows = Setting.objects.filter(Q(branch=None) | Q(branch__in=places), valid_from__lte=at)
    said: dict[tuple[str, int | None], object] = {}
    for key, place, value in rows.order_by("valid_from", "id").values_list(
        "key", "branch_id", "value"
    ):
        said[key, place] = value
    before, after = _inherited(said, [branch.pk, *old]), _inherited(said, [branch.pk, *new])
    return [
        Changed(key, before[key], after[key]) for key in settings.KINDS if before[key] != after[key]
    ]


def _inherited(
    said: dict[tuple[str, int | None], object], line: Iterable[int]
) -> dict[str, object]:
    nearest: list[int | None] = [*line, None]
    return {
        key: next(
            (said[key, place] for place in nearest if said.get((key, place)) is not None),
            kind.default,
        )
        for key, kind in settings.KINDS.items()
    }


def _plans(places: list[int], at: datetime) -> list[Plan]:
    """Published plans of these places, or assigned to them."""
    live = Q(assignment__branch__in=places, assignment__since__lte=at) & (
        Q(assignment__until=None) | Q(assignment__until__gt=at)
    )
    rows = Plan.objects.filter(live | Q(branch__in=places, covers_all=True))
    rows = rows.filter(planversion__published_at__isnull=False, planversion__valid_from__lte=at)
    return list(rows.distinct().order_by("id")) if places else []


def hangs(whole: Tree, branch: Branch) -> int | None:
    """Id of what a place hangs below."""
    return whole.parents.get(branch.pk)
