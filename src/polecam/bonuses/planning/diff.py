"""What differs between two versions of a plan, as data; the pages put it into words.

Components are matched by what they measure, then by kind of fact, then they are new or gone: a
sentence that only moved is the same sentence. Every field that differs is named.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from polecam.bonuses.planning.draft import DraftBand, DraftComponent, DraftVersion

Figure = int | str | bool | datetime | None


@dataclass(frozen=True)
class Change:
    """One field that differs: its name in the Draft class, its value before and after."""

    field: str
    before: Figure
    after: Figure


@dataclass(frozen=True)
class RowChange:
    """A row of a table: added (`before` None), removed (`after` None) or changed.

    Rows are matched by where they begin.
    """

    lower: int
    before: DraftBand | None
    after: DraftBand | None


@dataclass(frozen=True)
class ComponentChange:
    """A sentence added (`before` None), removed (`after` None), changed, or only moved.

    Positions count from 1. `changes` and `rows` are empty for one added, removed or only moved.
    """

    kind: Literal["added", "removed", "changed", "moved"]
    position_before: int | None
    position_after: int | None
    before: DraftComponent | None
    after: DraftComponent | None
    changes: tuple[Change, ...] = ()
    rows: tuple[RowChange, ...] = ()


@dataclass(frozen=True)
class PlanDiff:
    """Everything that differs; falsy: nothing does.

    `terms` of the version first (`valid_from` apart: versions always begin at other times, so it
    is not counted), then components in the order of the newer version, the removed ones last.
    """

    terms: tuple[Change, ...] = ()
    components: tuple[ComponentChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.components)

    def __len__(self) -> int:
        """How many things changed, as a reader counts them: terms and sentences."""
        return len(self.terms) + len(self.components)

    @property
    def changed_positions(self) -> dict[int, ComponentChange]:
        """Position in the newer version -> its change, for marks beside the sentences."""
        return {one.position_after: one for one in self.components if one.position_after}


def diff(before: DraftVersion, after: DraftVersion) -> PlanDiff:
    """What of `before` is different in `after`."""
    pairs = match(before.components, after.components)
    order = _moved([(old, new) for old, new in pairs if old is not None and new is not None])
    found = []
    for old, new in pairs:
        one = _component(before.components, after.components, old, new, moved=(old, new) in order)
        if one is not None:
            found.append(one)
    return PlanDiff(
        terms=tuple(_changes(before, after, but=("valid_from", "components"))),
        components=tuple(found),
    )


def match(
    before: tuple[DraftComponent, ...], after: tuple[DraftComponent, ...]
) -> list[tuple[int | None, int | None]]:
    """Which component became which (indexes), in the order of `after`, the removed ones last.

    Equal ones first, then those that measure the same, then those for the same kind of fact; among
    several, in their order.
    """
    left, right = dict(enumerate(before)), dict(enumerate(after))
    partner: dict[int, int] = {}
    for key in (_whole, _measure, _kind):
        waiting: dict[object, list[int]] = {}
        for index, one in left.items():
            waiting.setdefault(key(one), []).append(index)
        for index, one in list(right.items()):
            same = waiting.get(key(one))
            if same:
                partner[index] = same.pop(0)
                del left[partner[index]], right[index]
    pairs: list[tuple[int | None, int | None]] = [
        (partner.get(index), index) for index in range(len(after))
    ]
    return pairs + [(index, None) for index in left]


def _whole(one: DraftComponent) -> object:
    return one


def _measure(one: DraftComponent) -> object:
    return (one.fact_kind, one.base, one.shape, one.window_from is None)


def _kind(one: DraftComponent) -> object:
    return one.fact_kind


def _moved(pairs: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Pairs that stand out of the order the others kept: the fewest that explain it (all but a
    longest rising run)."""
    best: list[list[tuple[int, int]]] = []
    for pair in pairs:
        runs = [run for run in best if run[-1][0] < pair[0]]
        best.append([*max(runs, key=len, default=[]), pair])
    kept = max(best, key=len, default=[])
    return set(pairs) - set(kept)


def _component(
    olds: tuple[DraftComponent, ...],
    news: tuple[DraftComponent, ...],
    old: int | None,
    new: int | None,
    *,
    moved: bool,
) -> ComponentChange | None:
    before = olds[old] if old is not None else None
    after = news[new] if new is not None else None
    places = (old + 1 if old is not None else None, new + 1 if new is not None else None)
    if before is None:
        return ComponentChange("added", *places, before, after)
    if after is None:
        return ComponentChange("removed", *places, before, after)
    if before != after:
        changes = tuple(_changes(before, after, but=("bands",)))
        return ComponentChange(
            "changed", *places, before, after, changes, tuple(_rows(before.bands, after.bands))
        )
    return ComponentChange("moved", *places, before, after) if moved else None


def _changes(
    before: DraftVersion | DraftComponent,
    after: DraftVersion | DraftComponent,
    *,
    but: Iterable[str],
) -> Iterator[Change]:
    for field in fields(before):
        if field.name not in but:
            old, new = getattr(before, field.name), getattr(after, field.name)
            if old != new:
                yield Change(field.name, old, new)


def _rows(before: tuple[DraftBand, ...], after: tuple[DraftBand, ...]) -> Iterator[RowChange]:
    olds, news = {row.lower: row for row in before}, {row.lower: row for row in after}
    for lower in sorted(olds.keys() | news.keys()):
        old, new = olds.get(lower), news.get(lower)
        if old != new:
            yield RowChange(lower, old, new)
