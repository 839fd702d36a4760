"""Half-open days and months in the organisation's zone, for instants kept in UTC."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTH = re.compile(r"^[12][0-9]{3}-(0[1-9]|1[0-2])\Z")
"""What may come from an address: years that have a month before and after them."""


def require_aware(at: datetime) -> datetime:
    """`at` in UTC. Raises ValueError when it has no zone."""
    if at.tzinfo is None:
        raise ValueError("an instant must carry its zone")
    return at.astimezone(UTC)


def day_of(at: datetime, zone: str) -> date:
    """The calendar day of an instant in `zone` (an IANA name such as Europe/Warsaw)."""
    return require_aware(at).astimezone(ZoneInfo(zone)).date()


def month_of(at: datetime, zone: str) -> str:
    """The month of an instant in `zone` as `YYYY-MM`."""
    return day_of(at, zone).strftime("%Y-%m")


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """[start, end) of a day in `zone`, in UTC; 23 or 25 hours when clocks change."""
    tz = ZoneInfo(zone)
    start = datetime.combine(day, time(), tz)
    end = datetime.combine(day + timedelta(days=1), time(), tz)
    return start.astimezone(UTC), end.astimezone(UTC)


def month_bounds(month: str, zone: str) -> tuple[datetime, datetime]:
    """[start, end) of a month `YYYY-MM` in `zone`, in UTC. Raises ValueError for another form."""
    first = first_day(month)
    return day_bounds(first, zone)[0], day_bounds(first_day(next_month(month)), zone)[0]


def first_day(month: str) -> date:
    """The first day of `YYYY-MM`. Raises ValueError for another form."""
    if not MONTH.match(month):
        raise ValueError("a month is written YYYY-MM")
    return date.fromisoformat(f"{month}-01")


def next_month(month: str) -> str:
    """The month after `YYYY-MM`."""
    return (first_day(month) + timedelta(days=32)).strftime("%Y-%m")


def previous_month(month: str) -> str:
    """The month before `YYYY-MM`."""
    return (first_day(month) - timedelta(days=1)).strftime("%Y-%m")
