"""The tree of the firm on a day: who leads each place, how many work there, what is ahead."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from polecam.kit.periods import day_bounds
from polecam.organisation import settings
from polecam.organisation.models import Branch, Level, Placement
from polecam.organisation.tree import Tree, tree
from polecam.people.models import Membership, Person, Role

ORDER = {Level.REGION: 0, Level.BRANCH: 1, Level.TEAM: 2}


@dataclass(slots=True)
class Node:
    """A place on a day. `people`: who works there, without the places below; `whole`: with them.

    `ahead`: the day of a move to come, `to`: below what (None: the firm itself); `may`: whether the
    reader may change it.
    """

    place: Branch
    leads: list[Person] = field(default_factory=list)
    people: int = 0
    whole: int = 0
    below: list["Node"] = field(default_factory=list)
    ahead: date | None = None
    to: Branch | None = None
    may: bool = False


def nodes(on: date, *, today: date, mine: Collection[int]) -> list[Node]:
    """The places directly below the firm with all that hangs below them, as the tree stands on a
    day: `mine`, what is below them, and what is above. Five queries, however large the firm is."""
    stands, ids = tree(on), set(mine)
    wanted = {*ids, *(one for place in ids for one in stands.above(place))}
    rows = Branch.objects.filter(created_at__lt=_end(on), pk__in=wanted)
    rows = rows.filter(Q(closed_on=None) | Q(closed_on__gt=on))
    found = {row.pk: Node(row, may=row.pk in ids) for row in rows}
    _people(found, on)
    _ahead(found, today)
    tops: list[Node] = []
    for pk, node in found.items():
        parent = found.get(stands.parents.get(pk, 0))
        (parent.below if parent else tops).append(node)
    for node in found.values():
        node.below.sort(key=_by_name)
    for node in tops:
        _sum(node)
    return sorted(tops, key=_by_name)


def _by_name(node: Node) -> tuple[int, str]:
    return ORDER[Level(node.place.level)], node.place.name.casefold()


def _sum(node: Node) -> int:
    node.whole = node.people + sum(_sum(child) for child in node.below)
    return node.whole


def _end(on: date) -> object:
    return day_bounds(on, settings.zone())[1]


def held_on(on: date) -> QuerySet[Membership]:
    """Roles held on a day (at its end), as far as is known."""
    end = _end(on)
    return Membership.objects.filter(Q(until=None) | Q(until__gte=end), since__lt=end)


def _people(found: dict[int, Node], on: date) -> None:
    rows = held_on(on).filter(branch__in=found).select_related("person").order_by("since", "id")
    seen: dict[int, set[int]] = {}
    for row in rows:
        if row.role == Role.MANAGER:
            found[row.branch_id].leads.append(row.person)
        seen.setdefault(row.branch_id, set()).add(row.person_id)
    for pk, people in seen.items():
        found[pk].people = len(people)


def _ahead(found: dict[int, Node], today: date) -> None:
    """Moves to come: the newest row of a place ends, begins, or both, on that day."""
    rows = Placement.objects.filter(Q(since__gt=today) | Q(until__gt=today), branch__in=found)
    for row in rows.select_related("parent").order_by("since"):
        node = found[row.branch_id]
        if row.since > today:
            node.ahead, node.to = row.since, row.parent
        elif row.until is not None:
            node.ahead, node.to = row.until, None


def tree_of(node: Node) -> list[Node]:
    """A place and all that is below it, from the top down."""
    return [node, *(one for child in node.below for one in tree_of(child))]


def stands_in(whole: Tree, place: int) -> list[Branch]:
    """What is above a place, from the top down."""
    line = whole.above(place)
    rows = Branch.objects.in_bulk(line)
    return [rows[pk] for pk in reversed(line)]
