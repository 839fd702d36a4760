"""A region for whoever leads it: sums of the region and of each branch, never of few, and where a
word of theirs may help. No names of sellers or clients, no amounts of anybody."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from polecam.insights.branch import PERIODS as PERIODS
from polecam.insights.branch import Stages, stages_of
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.organisation.rules import is_open
from polecam.organisation.tree import History, today
from polecam.people.models import Deputy, Membership, Person, Role
from polecam.people.queries import SELLING_ROLES
from polecam.sales.models import Sale, SaleState

WAITED = timedelta(days=7)
"""How long a sale may wait for its word before it is worth mentioning."""


@dataclass(slots=True)
class Place:
    """A branch of the region with its teams. `waits`: sales have waited for its word for a week."""

    branch: Branch
    stages: Stages
    leads: list[Person] = field(default_factory=list)
    stands_in: Person | None = None
    people: int = 0
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """The region's own sums and its branches by name, never by result. `people`: who ask there."""

    stages: Stages
    places: list[Place]
    people: int


def of_region(region: Branch, at: datetime, period: str, history: History) -> Region:
    """What may be told about a region: the branches that hang there now, each with its sums; and
    the region's, of whatever hung there in each month."""
    on = today(at)
    now = history.on(on)
    below = Branch.objects.filter(pk__in=now.children.get(region.pk, ()))
    branches = sorted(
        (one for one in below if is_open(one.closed_on, on)), key=lambda one: one.name.casefold()
    )
    sums = stages_of(
        [region.pk, *(one.pk for one in branches)],
        at,
        settings.zone(),
        PERIODS[period],
        history,
    )
    found = {one.pk: Place(one, sums[one.pk]) for one in branches}
    home = {
        inside: one for one in found for inside in (one, *now.below([one]))
    }  # where people of a team count
    _people(found, home)
    for row in Deputy.objects.filter(
        branch__in=found, since__lte=on, until__gt=on, ended_at=None
    ).select_related("person"):
        found[row.branch_id].stands_in = row.person
    waiting = Sale.objects.filter(
        branch__in=home, state=SaleState.REPORTED, reported_at__lt=at - WAITED
    )
    for place in waiting.values_list("branch_id", flat=True).distinct():
        found[home[place]].waits = True
    return Region(sums[region.pk], list(found.values()), sum(one.people for one in found.values()))


def _people(found: dict[int, Place], home: dict[int, int]) -> None:
    held = Membership.objects.filter(
        branch__in=home, until=None, person__is_active=True, role__in=SELLING_ROLES
    )
    rows = held.select_related("person").order_by("since", "id")
    seen: dict[int, set[int]] = {}
    for row in rows:
        seen.setdefault(home[row.branch_id], set()).add(row.person_id)
        if row.role == Role.MANAGER and row.branch_id in found:
            found[row.branch_id].leads.append(row.person)
    for pk, people in seen.items():
        found[pk].people = len(people)
