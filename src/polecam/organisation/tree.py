"""The tree region -> branch -> team on a day. Places hold no personal data."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from polecam.kit.periods import day_of, first_day, next_month
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


Spell = tuple[int, date | None, date | None]
"""A place, from a day until another (half-open; None: open)."""


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


def within(place: int, on: date) -> QuerySet[Branch, int]:
    """Ids of a place and of everything below it on a day, as a subquery: no query of its own."""
    hanging = placed(on)
    below = hanging.filter(parent=place).values("branch_id")
    deeper = hanging.filter(parent__in=below).values("branch_id")
    found = Branch.objects.filter(Q(pk=place) | Q(pk__in=below) | Q(pk__in=deeper))
    return found.values_list("pk", flat=True)


def line(place: int, on: date) -> list[QuerySet[Placement, int] | list[int]]:
    """Ids of a place, of the one above it, and of the one above that, on a day: the nearest first,
    each at most one id, as subqueries without a query of their own."""
    hanging = placed(on)
    above = hanging.filter(branch=place).values_list("parent_id", flat=True)
    top = hanging.filter(branch__in=above).values_list("parent_id", flat=True)
    return [[place], above, top]


class History:
    """The tree on any day, a month at a time: one query, however many months are asked about.

    A month counts where a place stood on its last day: a figure of a month belongs to one region.
    """

    def __init__(self) -> None:
        found = Placement.objects.order_by("since", "id")
        self.rows = list(found.values_list("branch_id", "parent_id", "since", "until"))
        self.seen: dict[date, Tree] = {}

    def on(self, day: date) -> Tree:
        """The tree as it stood on a day."""
        if day not in self.seen:
            self.seen[day] = Tree(
                {
                    branch: parent
                    for branch, parent, since, until in self.rows
                    if since <= day and (until is None or day < until)
                }
            )
        return self.seen[day]

    def in_month(self, month: str) -> Tree:
        """The tree to which the figures of a month `YYYY-MM` belong."""
        return self.on(first_day(next_month(month)) - timedelta(days=1))

    def whole(self, places: Iterable[int], month: str) -> list[int]:
        """Ids of these places and of all below them in a month."""
        wanted = list(places)
        return [*wanted, *self.in_month(month).below(wanted)]

    def spells_below(self, place: int) -> list[Spell]:
        """When which places were below `place`, at whatever depth; `place` itself always."""
        found: list[Spell] = [(place, None, None)]
        for parent, since, until in found:
            for child, above, child_since, child_until in self.rows:
                if above == parent:
                    begins = max(child_since, since) if since else child_since
                    ends = min((end for end in (until, child_until) if end), default=None)
                    if ends is None or begins < ends:
                        found.append((child, begins, ends))
        return found

    def ever_below(self, places: Iterable[int], months: Iterable[str]) -> list[int]:
        """Ids of these places and of all that counted as below any of them in these months."""
        found = dict.fromkeys(places, True)
        for month in months:
            found |= dict.fromkeys(self.in_month(month).below(list(places)), True)
        return list(found)
