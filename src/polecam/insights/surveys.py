"""What clients answered, in sums of a branch: the score, who answered, what helped.

Nobody reads who answered what. Whole months that are over, each with five answers or more: then
no sum, and no difference of two sums, is about fewer than five people, and none moves while
somebody watches a single client answer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import TruncMonth

from polecam.insights import nps
from polecam.insights.branch import closed_months
from polecam.insights.intervals import Figure
from polecam.kit import wilson
from polecam.kit.periods import month_bounds, month_of
from polecam.surveys.models import Survey
from polecam.surveys.rules import Verdict, verdict

FEWEST_ANSWERS = 5
PERIODS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Heard:
    """One month: answers given in it by score, what helped; who was asked in it, and responded."""

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

    `left_out`: months of fewer than five answers. `helped`: what helped most and its count, most
    first, of those who said; empty below five. `waiting`: answers of the month that still runs.
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


def of_branches(branches: Iterable[int], *, at: datetime, zone: str, count: int) -> Told:
    """The last `count` closed months of these branches together."""
    months = closed_months(at, zone, count)
    running = month_of(at, zone)
    heard = by_month(branches, since=month_bounds(months[0], zone)[0], at=at, zone=zone)
    told = [month for month in months if month in heard and _enough(heard[month])]
    left = sum(1 for month in months if month in heard and heard[month].answers) - len(told)
    now = heard[running].answers if running in heard else 0
    return summed([heard[month] for month in told], tuple(told), left, now)


def _enough(heard: Heard) -> bool:
    return heard.answers >= FEWEST_ANSWERS


def by_month(
    branches: Iterable[int], *, since: datetime, at: datetime, zone: str
) -> dict[str, Heard]:
    """Answers by the month in which they were given; responses by that of asking. Two queries."""
    here, tz = list(branches), ZoneInfo(zone)
    scores: dict[str, Counter] = defaultdict(Counter)
    helped: dict[str, Counter] = defaultdict(Counter)
    given = (
        Survey.objects.filter(
            branch_id__in=here, answered_at__gte=since, answered_at__lte=at, score__isnull=False
        )
        .annotate(month=TruncMonth("answered_at", tzinfo=tz))
        .values_list("month", "score", "helped")
        .annotate(n=Count("pk"))
        .order_by()
    )
    for month, score, what, count in given:
        scores[f"{month:%Y-%m}"][score] += count
        if what:
            helped[f"{month:%Y-%m}"][what] += count
    sent = (
        Survey.objects.filter(branch_id__in=here, made_at__gte=since, made_at__lte=at)
        .annotate(month=TruncMonth("made_at", tzinfo=tz))
        .values_list("month")
        .annotate(n=Count("pk"), answered=Count("score"))
        .order_by()
    )
    asked = {f"{month:%Y-%m}": counts for month, *counts in sent}
    return {
        month: Heard(scores[month], helped[month], *asked.get(month, (0, 0)))
        for month in scores.keys() | asked.keys()
    }


def summed(heard: list[Heard], months: tuple[str, ...], left_out: int, waiting: int) -> Told:
    """Sums and ranges of some months. Pure.

    Response: how many of those asked in these months have answered, with Wilson's range.
    """
    groups = Counter[Verdict]()
    helped = Counter[str]()
    for month in heard:
        helped.update(month.helped)
        for score, count in month.scores.items():
            groups[verdict(score)] += count
    answers, asked = sum(groups.values()), sum(month.asked for month in heard)
    parts = groups[Verdict.GOOD], groups[Verdict.NEITHER], groups[Verdict.POOR]
    return Told(
        months=months,
        left_out=left_out,
        answers=answers,
        asked=asked,
        score=nps.score(*parts) if answers else None,
        groups=parts,
        response=share(sum(month.responded for month in heard), asked) if asked else None,
        helped=tuple(helped.most_common()) if sum(helped.values()) >= FEWEST_ANSWERS else (),
        waiting=waiting,
    )


def share(yes: int, cases: int) -> Figure:
    """A share with Wilson's range of eight of ten likely values."""
    low, high = wilson.interval(yes, cases)
    value = yes / cases
    return Figure(value, min(low, value), max(high, value))
