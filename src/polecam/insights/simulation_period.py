"""The period a plan is tried out on: a month, several, a quarter, a year. Pure."""

import re
from dataclasses import dataclass
from itertools import groupby

from polecam.kit.periods import MONTH, first_day, next_month, previous_month

QUARTER = re.compile(r"^(\d{4})-Q([1-4])$")
YEAR = re.compile(r"^\d{4}$")
LONGEST = 24
"""Months in one simulation."""


@dataclass(frozen=True, slots=True)
class Period:
    """Months `YYYY-MM`, first to last, without a gap. `code` says them in an address."""

    months: tuple[str, ...]

    @property
    def first(self) -> str:
        """The first month."""
        return self.months[0]

    @property
    def last(self) -> str:
        """The last month."""
        return self.months[-1]

    @property
    def year(self) -> str:
        """`2026` for a whole year, else nothing."""
        year = self.first[:4]
        whole = len(self.months) == 12 and self.first == f"{year}-01"
        return year if whole else ""

    @property
    def quarter(self) -> int:
        """1-4 for a quarter, else 0."""
        number, rest = divmod(int(self.first[5:]) - 1, 3)
        return number + 1 if len(self.months) == 3 and not rest else 0

    @property
    def code(self) -> str:
        """`2026`, `2026-Q3`, `2026-09` or `2026-07..2026-09`: `read` reads it."""
        if self.year:
            return self.year
        if self.quarter:
            return f"{self.first[:4]}-Q{self.quarter}"
        return self.first if len(self.months) == 1 else f"{self.first}..{self.last}"


def between(first: str, last: str) -> Period:
    """The months from `first` to `last`, both included.

    Raises ValueError for another form, when it ends before it starts, or for more than LONGEST.
    """
    start, end = first_day(first), first_day(last)
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    if not 1 <= count <= LONGEST:
        raise ValueError("a period ends after it starts, and within two years")
    months = [first]
    while months[-1] != last:
        months.append(next_month(months[-1]))
    return Period(tuple(months))


def read(code: str) -> Period:
    """A period from its code. Raises ValueError for anything else."""
    if YEAR.match(code):
        return between(f"{code}-01", f"{code}-12")
    if found := QUARTER.match(code):
        third = int(found[2]) * 3
        return between(f"{found[1]}-{third - 2:02}", f"{found[1]}-{third:02}")
    first, _, last = code.partition("..")
    if not all(MONTH.match(one) for one in (first, last or first)):
        raise ValueError("a period is a month, a quarter, a year or first..last")
    return between(first, last or first)


def offered(now: str) -> list[Period]:
    """What to choose from in month `now`: the years, quarters and single months of two years, each
    the newest first; the running ones come, too."""
    months = [now]
    while len(months) < LONGEST:
        months.append(previous_month(months[-1]))
    years = [read(year) for year, _ in groupby(month[:4] for month in months)]
    quarters = [read(code) for code, _ in groupby(_quarter(month) for month in months)]
    return [*years, *quarters, *(Period((month,)) for month in months)]


def _quarter(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def usual(now: str, first: str = "") -> Period:
    """What is looked at before anybody chooses: the last quarter that is over; where the first
    facts are of a later month `first`, the last month that is over, else the running one."""
    before = previous_month(read(_quarter(now)).first)
    if first <= before:
        return read(_quarter(before))
    return Period((previous_month(now),)) if first < now else Period((now,))
