"""What makes a friend come to a meeting: learned from meetings, never from people's figures.

A chance is a Beta: the prior is what is known of all meetings together, worth WEIGHT of them, so
that a few cases move it a little and never by a jump (evidence.md). A cell is told from FEWEST
meetings and five sellers on, so that nobody's no-shows can be read out of it. It stands beside a
source (how warm the recommendation was, how it came, whether a reminder went out), never beside a
seller.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from django.db.models import QuerySet

from polecam.asking.rates import FEWEST_SELLERS
from polecam.insights.estimate import EDGES, Beta
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.referrals.models import Meeting

WEIGHT = 8
FEWEST = 8
PRIOR = Beta(8.0, 2.0)
"""Four of five come: what a branch starts from until it knows better. Our own default."""
DRAWS = 800
WARM = "warmth"
REMINDED = "reminder"
CAME_BY = "kind"


@dataclass(frozen=True, slots=True)
class Source:
    """One source of meetings: `came` of `meetings`, the chance and its honest range (bp)."""

    by: str
    value: str
    meetings: int
    came: int
    chance_bp: int
    low_bp: int
    high_bp: int


@dataclass(frozen=True, slots=True)
class _Row:
    seller: int
    came: bool
    values: tuple[tuple[str, str], ...]


def of_branches(person: Person) -> list[Source]:
    """What is known in the branches where `person` sells; sources with too little are left out."""
    branches = standing(person).branches(Permission.WORK_REFERRALS)
    return sources(_rows(Meeting.objects.filter(referral__branch_id__in=branches)))


def sources(rows: Iterable[_Row]) -> list[Source]:
    """Counts, chances and ranges of every source that may be told."""
    meetings: Counter[tuple[str, str]] = Counter()
    came: Counter[tuple[str, str]] = Counter()
    sellers: dict[tuple[str, str], set[int]] = defaultdict(set)
    everyone = [0, 0]
    for row in rows:
        everyone[not row.came] += 1
        for key in row.values:
            meetings[key] += 1
            came[key] += row.came
            sellers[key].add(row.seller)
    overall = PRIOR.given(*everyone)
    start = Beta(WEIGHT * overall.mean, WEIGHT * (1 - overall.mean))
    return [
        _source(key, meetings[key], came[key], start)
        for key in sorted(meetings)
        if meetings[key] >= FEWEST and len(sellers[key]) >= FEWEST_SELLERS
    ]


def _rows(meetings: QuerySet[Meeting]) -> list[_Row]:
    settled = meetings.exclude(held_at=None, missed_at=None).values_list(
        "set_by_id", "held_at", "referral__warmth", "referral__kind", "reminded_at"
    )
    return [
        _Row(
            seller,
            held is not None,
            (
                *(((WARM, warmth),) if warmth else ()),
                (REMINDED, "yes" if reminded else "no"),
                (CAME_BY, kind),
            ),
        )
        for seller, held, warmth, kind, reminded in settled.iterator(chunk_size=5_000)
    ]


def _source(key: tuple[str, str], meetings: int, came: int, start: Beta) -> Source:
    chance = start.given(came, meetings - came)
    low, high = _range(chance)
    return Source(*key, meetings, came, round(chance.mean * 10_000), low, high)


@lru_cache(maxsize=256)
def _range(chance: Beta) -> tuple[int, int]:
    """The range that holds eight of ten draws, in basis points; the same for the same counts."""
    rng = Random(0)  # noqa: S311 - a sum, not a secret
    drawn = sorted(rng.betavariate(*chance) for _ in range(DRAWS))
    low, high = (drawn[min(DRAWS - 1, int(edge * DRAWS))] for edge in EDGES)
    return round(low * 10_000), round(high * 10_000)
