"""From pairs to people: average linkage, so that one mistaken pair cannot chain two together.

Two groups are joined when the mean log-odds over ALL their pairs is high enough; a pair that nobody
looked at counts as `unseen`. A pair with -inf (a human said: two people) keeps its groups apart.
Connected components over the same pairs join whole families (docs/matching.md has both).
"""

import heapq
from collections.abc import Iterable
from typing import NamedTuple

UNSEEN = -5.0
"""Log-odds of a pair that was no candidate: it shares too little with either row."""
LIMIT = 7.0
"""Log-odds are cut off here: no pair outvotes a group."""


class Join(NamedTuple):
    """Two groups became one, named by their least members; `odds` is the mean over their pairs."""

    odds: float
    one: int
    other: int


def join(
    count: int, pairs: Iterable[tuple[int, int, float]], *, stop: float, unseen: float = UNSEEN
) -> list[Join]:
    """All joins of rows 0..count-1 with mean log-odds above `stop`, surest first.

    The order of pairs plays no part. Cut the result higher with `groups`: no second run is needed.
    """
    near: list[dict[int, float]] = [{} for _ in range(count)]  # sums above `unseen`
    for one, other, odds in pairs:
        near[one][other] = near[other][one] = odds - unseen
    size = [1] * count
    joins = []

    def mean(one: int, other: int) -> float:
        return unseen + near[one][other] / (size[one] * size[other])

    def offers(one: int) -> Iterable[tuple[float, int, int]]:
        for other in near[one]:
            if (odds := mean(one, other)) > stop:
                yield -odds, min(one, other), max(one, other)

    heap = [offer for one in range(count) for offer in offers(one) if offer[1] == one]
    heapq.heapify(heap)
    while heap:
        odds, one, other = heapq.heappop(heap)
        if other not in near[one] or -odds != mean(one, other):
            continue  # one of the two has changed since
        joins.append(Join(-odds, one, other))
        _merge(near, one, other)
        size[one] += size[other]
        for offer in offers(one):
            heapq.heappush(heap, offer)
    return joins


def _merge(near: list[dict[int, float]], one: int, other: int) -> None:
    """What was near `other` is now near `one`."""
    theirs, near[other] = near[other], {}
    for third, odds in theirs.items():
        del near[third][other]
        if third != one:
            near[one][third] = near[third][one] = near[one].get(third, 0.0) + odds


def groups(count: int, joins: Iterable[Join], *, least: float) -> list[int]:
    """The group of each row, named by its least member, after the joins of at least `least`."""
    leader = list(range(count))
    for odds, one, other in joins:
        if odds >= least:
            leader[other] = one
    for row in range(count):  # `one` < `other`, so a leader's own leader is already known
        leader[row] = leader[leader[row]]
    return leader
