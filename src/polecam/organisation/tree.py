"""The tree region -> branch -> team on a day. Places hold no personal data."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet

from polecam.kit.periods import day_of
from polecam.organisation.models import Branch, Organisation, Placement
from polecam.organisation.settings import zone


def today(at: datetime) -> date:
    """The firm's day of `at`; before there is a firm, the day in UTC."""
    try:
        return day_of(at, zone())
    except Organisation.DoesNotExist:
        return at.date()


def placed(on: date) -> QuerySet[Placement]:
    """The placements in force on a day."""
    return Placement.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


@dataclass(frozen=True)
class Tree:
    """Who hangs below whom on one day: read once, asked many times."""

    parents: dict[int, int]
    children: dict[int, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[int, list[int]] = {}
        for child, parent in sorted(self.parents.items()):
            found.setdefault(parent, []).append(child)
        object.__setattr__(self, "children", found)

    def above(self, branch: int) -> list[int]:
        """Ids of the places above `branch`, the nearest first."""
        line: list[int] = []
        while (parent := self.parents.get(branch)) is not None and parent not in line:
            line.append(parent)
            branch = parent
        return line

    def below(self, branches: Iterable[int]) -> list[int]:
        """Ids of every place below any of `branches`, each once, without those themselves."""
        waiting, found = list(branches), {}
        own = set(waiting)
        while waiting:
            for child in self.children.get(waiting.pop(0), ()):
                if child not in found and child not in own:
                    found[child] = True
                    waiting.append(child)
        return list(found)


def tree(on: date) -> Tree:
    """The tree as it stood on a day; one query."""
    return Tree(dict(placed(on).values_list("branch_id", "parent_id")))


def levels() -> dict[int, str]:
    """The level of every place, by id."""
    return dict(Branch.objects.values_list("id", "level"))
