"""What will happen when: a heap of things to do, lived through in the order of their time."""

import heapq
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from itertools import count

Deed = Callable[..., object]


class Agenda:
    """Deeds at instants; equal instants in the order they were planned.

    A deed that raises one of `forgive` (someone objected meanwhile, say) simply does not happen:
    such is life.
    """

    def __init__(self, *, forgive: tuple[type[Exception], ...]) -> None:
        self._heap: list[tuple[datetime, int, Deed]] = []
        self._order = count()
        self._forgive = forgive

    def plan(self, at: datetime, deed: Deed) -> None:
        """Do `deed(at=at)` at `at`."""
        heapq.heappush(self._heap, (at, next(self._order), deed))

    def live(self, until: datetime) -> None:
        """Do everything planned before `until`, including what is planned meanwhile."""
        while self._heap and self._heap[0][0] < until:
            at, _, deed = heapq.heappop(self._heap)
            with suppress(*self._forgive):
                deed(at=at)
