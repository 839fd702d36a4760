"""What a seller's own hour is worth, by source of clients: for the seller alone.

Value per hour = bonus / time (evidence.md, "Value per hour"). Referrals earn what stands in the
ledger's lines; other sources what the seller told. Time is what they noted; on a day without a
note, asks and follow-ups at their usual minutes. Each figure says how good its evidence is, and
the weaker it is, the wider the range.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from polecam.asking.models import Ask, Outcome
from polecam.asking.rules import ANSWERED_YES
from polecam.bonuses.models import Line, LineState
from polecam.effort import queries
from polecam.effort.models import Effort, Grade, Source
from polecam.insights.evidence import per_hour
from polecam.insights.intervals import DRAWS, Figure, around, dice, total_draws
from polecam.kit.periods import day_of, month_bounds
from polecam.people.models import Person

LEAST_MINUTES = 30
"""With less time than this an hour would be guessed."""
SPREAD = {Grade.TIMED: 1.05, Grade.REPORTED: 1.25, Grade.DEFAULT: 2.0}
"""The true time may be so many times more or less than noted; nobody measured this: a guess."""
TOLD = 1.1
"""The same for an income told from memory."""


@dataclass(frozen=True, slots=True)
class Usual:
    """Minutes of an ask and of the work after a yes, where nothing is noted."""

    ask_minutes: int = 3
    follow_minutes: int = 20


@dataclass(slots=True)
class Hour:
    """One source: gross grosze, minutes by grade, how it felt, and the value of an hour."""

    source: str
    earned: int | None = None
    minutes: Counter[str] = field(default_factory=Counter)
    felt: Counter[str] = field(default_factory=Counter)
    asks: int = 0
    yes: int = 0
    value: Figure | None = None

    @property
    def total_minutes(self) -> int:
        """All of its time."""
        return sum(self.minutes.values())

    @property
    def grade(self) -> str:
        """The grade that carries most of the time; of two, the weaker one."""
        weakness = (Grade.DEFAULT, Grade.REPORTED, Grade.TIMED)
        return max(weakness, key=lambda grade: self.minutes[grade])


def hours(
    person: Person,
    months: Iterable[str],
    *,
    zone: str,
    usual: Usual = Usual(),
) -> list[Hour]:
    """Each source with anything to tell in these months (`YYYY-MM`); referrals first, then the
    others, the best-paid hour first. Four queries."""
    wanted = sorted(months)
    start, end = month_bounds(wanted[0], zone)[0], month_bounds(wanted[-1], zone)[1]
    days = (day_of(start, zone), day_of(end, zone))
    told = _told(person, wanted)
    found: dict[str, Hour] = {Source.REFERRAL: Hour(Source.REFERRAL)}
    noted: set[date] = set()
    noted_entries = queries.entries(person).filter(day__gte=days[0], day__lt=days[1])
    for entry in noted_entries:
        hour = found.setdefault(entry.source, Hour(entry.source))
        if entry.effort:
            hour.felt[entry.effort] += 1
        if entry.source == Source.REFERRAL:
            noted.add(entry.day)
        elif f"{entry.day:%Y-%m}" not in told[entry.source]:
            continue  # time of a month whose income was not told has nothing to be divided
        hour.minutes[entry.grade] += entry.minutes
    for source, by_month in told.items():
        if by_month:
            found.setdefault(source, Hour(source)).earned = sum(by_month.values())
    earned = _earned(person, wanted)
    _by_default(person, found[Source.REFERRAL], noted, (start, end), zone, usual)
    found[Source.REFERRAL].earned = sum(earned.values())
    for hour in found.values():
        of_each = list(earned.values()) if hour.source == Source.REFERRAL else None
        hour.value = _value(hour, of_each)
    referral, *others = found.values()
    others.sort(key=lambda hour: (-(hour.value.value if hour.value else -1), hour.source))
    return [referral, *others]


def times_better(referral: Hour, other: Hour) -> float | None:
    """How many times an hour of referrals is worth another hour; None where the ranges touch."""
    mine, theirs = referral.value, other.value
    if mine is None or theirs is None or theirs.value <= 0 or mine.low <= theirs.high:
        return None
    return mine.value / theirs.value


def _told(person: Person, months: list[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in queries.incomes(person, months):
        found[row.source][row.month] = row.amount_grosze
    return found


def _earned(person: Person, months: list[str]) -> dict[str, int]:
    """The person's own lines that stand, by referral: gross grosze."""
    sums: Counter[str] = Counter()
    rows = Line.objects.filter(person=person, month__in=months).exclude(state=LineState.VOID)
    for referral, amount in rows.values_list("fact__referral", "amount_grosze"):
        sums[referral] += amount
    return sums


def _by_default(
    person: Person,
    hour: Hour,
    noted: set[date],
    span: tuple[datetime, datetime],
    zone: str,
    usual: Usual,
) -> None:
    """Asks and follow-ups of the days on which no time for referrals was noted."""
    asks = Ask.objects.filter(
        seller=person, for_reference=False, asked_at__gte=span[0], asked_at__lt=span[1]
    )
    for asked_at, outcome in asks.exclude(outcome=Outcome.NOT_ASKED).values_list(
        "asked_at", "outcome"
    ):
        if day_of(asked_at, zone) in noted:
            continue
        hour.asks += 1
        hour.yes += outcome in ANSWERED_YES
    minutes = hour.asks * usual.ask_minutes + hour.yes * usual.follow_minutes
    if minutes:
        hour.minutes[Grade.DEFAULT] += minutes


def _value(hour: Hour, of_each: list[int] | None) -> Figure | None:
    """Earned by the hour with its range; None with too little time or nothing told."""
    if hour.earned is None or hour.total_minutes < LEAST_MINUTES:
        return None
    rolled = dice()
    if of_each is None:
        sums = [hour.earned * TOLD ** rolled.uniform(-1, 1) for _ in range(DRAWS)]
    else:
        sums = total_draws(of_each)
    times = [
        sum(
            minutes * SPREAD[Grade(grade)] ** rolled.uniform(-1, 1)
            for grade, minutes in sorted(hour.minutes.items())
        )
        for _ in range(DRAWS)
    ]
    return around(
        per_hour(hour.earned, hour.total_minutes),
        [per_hour(earned, time) for earned, time in zip(sums, times, strict=True)],
    )


def easy_share(hour: Hour) -> tuple[int, int]:
    """How often it felt easy, of how often anything was said."""
    return hour.felt[Effort.EASY], sum(hour.felt.values())
