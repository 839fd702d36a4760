"""The ask budget once more, told day by day and as plainly as it can be: to compare with.

Lives through every day of a history and keeps one note: the first day on which the client may be
asked again. Written from compliance.md ("Conduct safeguards") alone, not from asking.rules.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass
class Life:
    """What happened to one person, by day: answers, complaints that began and ended."""

    asks: list[tuple[date, str]] = field(default_factory=list)
    complaints: list[tuple[date, date | None]] = field(default_factory=list)
    never_from: date | None = None


def free_days(life: Life, start: date, stop: date, *, rest=90, two=365, recovery=90) -> set[date]:
    """Days of [start, stop) on which the person may be asked, knowing all that came before."""
    free = set()
    first = min([day for day, _ in life.asks] + [day for day, _ in life.complaints] + [start])
    refusals, asked_again, refused_again, complaint_over = 0, first, first, first
    day = first
    while day < stop:
        for on, outcome in life.asks:
            if on != day or outcome == "not_asked":
                continue
            asked_again = day + rest * DAY
            if outcome in ("names", "pass_on", "agreed"):
                refusals, refused_again = 0, first
            if outcome == "declined":
                refusals += 1
                if refusals >= 2:
                    refused_again = day + two * DAY
        for began, ended in life.complaints:
            if began == day:
                over = date.max if ended is None else ended + recovery * DAY
                complaint_over = max(complaint_over, over)
        never = life.never_from is not None and day >= life.never_from
        if start <= day and not never and day >= max(asked_again, refused_again, complaint_over):
            free.add(day)
        day += DAY
    return free
