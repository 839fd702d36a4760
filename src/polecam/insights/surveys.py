"""What clients answered, in sums of a branch: the score, who answered, what helped.

Nobody reads who answered what. Whole months of a branch that are over, each with five answers or
more: then no sum, and no difference of two sums, is about fewer than five people, and none moves
while somebody watches a single client answer. A place counts with what hung below it in each month,
in blocks that never overlap (insights.blocks). Who answers at all is counted over every month that
is over: those of few answers alone would make the rate look better than it is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import TruncMonth

from polecam.insights import nps
from polecam.insights.blocks import Places, told
from polecam.insights.branch import closed_months
from polecam.insights.intervals import Figure
from polecam.kit import wilson
from polecam.kit.periods import month_bounds, month_of
from polecam.organisation.tree import History
from polecam.surveys.models import Survey
from polecam.surveys.rules import Verdict, verdict

FEWEST_ANSWERS = 5
PERIODS = {"month": 1, "quarter": 3, "year": 12}


Place = tuple[int, str]
"""A branch and a month `YYYY-MM`."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One month of a branch: answers given in it by score, what helped; who was asked in it, and
    responded."""

    scores: Mapping[int, int]
    helped: Mapping[str, int]
    asked: int
    responded: int

    @property
    def answers(self) -> int:
        """All of them."""
        return sum(self.scores.values())


@dataclass(frozen=True, slots=True)
class Told:
    """Sums of the months shown. `months` (`YYYY-MM`) empty: nothing to show yet.

    `left_out`: months of fewer than five answers (of some branch). `helped`: what helped most and
    its count, most first, of those who said in months in which five did. `asked`, `response`: of
    the whole period. `waiting`: answers of the month that still runs.
    """

    months: tuple[str, ...]
    left_out: int
    answers: int
    asked: int
    score: Figure | None
    groups: tuple[int, int, int]
    response: Figure | None
    helped: tuple[tuple[str, int], ...]
    waiting: int


def of_branches(
    branches: Iterable[int],
    *,
    at: datetime,
    zone: str,
    count: int,
    history: History | None = None,
) -> Told:
    """The last `count` closed months of these branches together, with what was below them."""
    months, running = closed_months(at, zone, count), month_of(at, zone)
    history, wanted = history or History(), list(branches)
    since = month_bounds(months[0], zone)[0]
    asked = history.ever_below(wanted, [*months, running])
    heard = by_month(asked, since=since, at=at, zone=zone)

    def enough(some: Places, month: str) -> bool:
        answers = (heard[one, month].answers for one in some if (one, month) in heard)
        return sum(answers) >= FEWEST_ANSWERS

    inside = {(one, month) for month in (*months, running) for one in history.whole(wanted, month)}
    cells = told(history, wanted, months, enough)
    over = {place: cell for place, cell in heard.items() if place in inside and place[1] != running}
    now = [cell for place, cell in heard.items() if place in inside and place[1] == running]
    shown = cells.keys
    left = {place[1] for place, cell in over.items() if cell.answers and place not in shown}
    return summed(
        [together(heard, some, month) for month in cells.months for some in cells.blocks[month]],
        list(over.values()),
        months=cells.months,
        left_out=len(left),
        waiting=sum(cell.answers for cell in now),
    )


def together(heard: Mapping[Place, Heard], places: Places, month: str) -> Heard:
    """A block of places in a month as one."""
    scores, helped, asked, responded = Counter[int](), Counter[str](), 0, 0
    for one in places:
        cell = heard.get((one, month))
        if cell is not None:
            scores.update(cell.scores)
            helped.update(cell.helped)
            asked, responded = asked + cell.asked, responded + cell.responded
    return Heard(scores, helped, asked, responded)


def by_month(
    branches: Iterable[int], *, since: datetime, at: datetime, zone: str
) -> dict[Place, Heard]:
    """Answers by the month in which they were given; responses by that of asking. Two queries."""
    here, tz = list(branches), ZoneInfo(zone)
    scores: dict[Place, Counter] = defaultdict(Counter)
    helped: dict[Place, Counter] = defaultdict(Counter)
    given = (
        Survey.objects.filter(
            branch_id__in=here, answered_at__gte=since, answered_at__lte=at, score__isnull=False
        )
        .annotate(month=TruncMonth("answered_at", tzinfo=tz))
        .values_list("branch", "month", "score", "helped")
        .annotate(n=Count("pk"))
        .order_by()
    )
    for branch, month, score, what, count in given:
        scores[branch, f"{month:%Y-%m}"][score] += count
        if what:
            helped[branch, f"{month:%Y-%m}"][what] += count
    sent = (
        Survey.objects.filter(branch_id__in=here, made_at__gte=since, made_at__lte=at)
        .annotate(month=TruncMonth("made_at", tzinfo=tz))
        .values_list("branch", "month")
        .annotate(n=Count("pk"), answered=Count("score"))
        .order_by()
    )
    asked = {(branch, f"{month:%Y-%m}"): counts for branch, month, *counts in sent}
    return {
        place: Heard(scores[place], helped[place], *asked.get(place, (0, 0)))
        for place in scores.keys() | asked.keys()
    }


def summed(
    cells: list[Heard], over: list[Heard], *, months: tuple[str, ...], left_out: int, waiting: int
) -> Told:
    """Sums and ranges of the `cells` told, of all that are `over`. Pure.

    Response: how many of those asked in all of them have answered, with Wilson's range.
    """
    groups = Counter[Verdict]()
    helped = Counter[str]()
    for cell in cells:
        if sum(cell.helped.values()) >= FEWEST_ANSWERS:
            helped.update(cell.helped)
        for score, count in cell.scores.items():
            groups[verdict(score)] += count
    answers, asked = sum(groups.values()), sum(cell.asked for cell in over)
    parts = groups[Verdict.GOOD], groups[Verdict.NEITHER], groups[Verdict.POOR]
    return Told(
        months=months,
        left_out=left_out,
        answers=answers,
        asked=asked,
        score=nps.score(*parts) if answers else None,
        groups=parts,
        response=share(sum(cell.responded for cell in over), asked) if asked else None,
        helped=tuple(helped.most_common()),
        waiting=waiting,
    )


def share(yes: int, cases: int) -> Figure:
    """A share with Wilson's range of eight of ten likely values."""
    low, high = wilson.interval(yes, cases)
    value = yes / cases
    return Figure(value, min(low, value), max(high, value))
