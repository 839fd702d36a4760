"""Which parts of a place may be told apart: blocks of five people or more that never overlap.

A figure about a region, a branch or a team is always the sum of whole blocks. A part of the tree in
which enough people stand behind a figure is a block of its own; what is too small is put together
with its neighbours under the same parent, and what is too small even then is told nowhere. So every
difference of two figures (region less branch, branch less team) is again a sum of blocks, and no
subtraction is about fewer than five people. Figures of different kinds use the blocks of the
answers heard, and leave a block out where theirs would be about too few.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from polecam.asking.models import MomentTally
from polecam.asking.rates import FEWEST_SELLERS
from polecam.organisation.tree import History, Tree

Places = frozenset[int]
Enough = Callable[[Places, str], bool]
"""Whether enough people stand behind a figure of these places in a month."""


def blocks(tree: Tree, place: int, month: str, enough: Enough) -> tuple[list[Places], Places]:
    """The blocks of a place with everything below it, and what is left over, told nowhere."""
    found: list[Places] = []
    left = frozenset({place})
    for child in tree.children.get(place, ()):
        inner, rest = blocks(tree, child, month, enough)
        found += inner
        left |= rest
    if enough(left, month):
        return [*found, left], frozenset()
    return found, left


@dataclass(frozen=True, slots=True)
class Cells:
    """What may be told: blocks of places by month (`YYYY-MM`), and all places asked about."""

    blocks: dict[str, list[Places]]
    asked: tuple[int, ...]

    @property
    def keys(self) -> set[tuple[int, str]]:
        """Every place and month that is part of a block."""
        return {
            (place, month) for month, found in self.blocks.items() for some in found
            for place in some
        }  # fmt: skip

    @property
    def months(self) -> tuple[str, ...]:
        """Months with anything to tell, first to last."""
        return tuple(sorted(month for month, found in self.blocks.items() if found))

    def where(self, enough: Enough) -> "Cells":
        """Only those blocks of which this holds too."""
        kept = {
            month: [some for some in found if enough(some, month)]
            for month, found in self.blocks.items()
        }
        return Cells(kept, self.asked)


def told(history: History, places: Iterable[int], months: Iterable[str], enough: Enough) -> Cells:
    """The blocks of these places, each with what was below it in each month."""
    wanted, found = list(dict.fromkeys(places)), {}
    asked: dict[int, bool] = dict.fromkeys(wanted, True)
    for month in months:
        tree = history.in_month(month)
        inside = set(tree.below(wanted))
        asked |= dict.fromkeys(inside, True)
        found[month] = [
            some
            for top in wanted
            if top not in inside
            for some in blocks(tree, top, month, enough)[0]
        ]
    return Cells(found, tuple(asked))


People = Mapping[tuple[int, str], set[int]]
"""Ids of people by place and month."""


def heard_in(places: Iterable[int], months: Iterable[str]) -> dict[tuple[int, str], set[int]]:
    """Who heard an answer, by place and month. One query."""
    rows = MomentTally.objects.filter(branch_id__in=list(places), month__in=list(months))
    found: dict[tuple[int, str], set[int]] = {}
    for place, month, seller in (
        rows.filter(asks__gt=0).values_list("branch_id", "month", "seller_id").distinct()
    ):
        found.setdefault((place, month), set()).add(seller)
    return found


def many(people: People, places: Places, month: str) -> bool:
    """Whether five different people or more stand behind a figure."""
    found: set[int] = set()
    return len(found.union(*(people.get((place, month), ()) for place in places))) >= FEWEST_SELLERS
