"""What may happen to people and their roles."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from polecam.kit.periods import day_of

WELCOME_DAYS = 7
AHEAD_DAYS = 366
LONGEST_DEPUTY = 183
NOTICE_DAYS = 14
"""Two weeks between the monitoring notice and the first look (Kodeks pracy 22(3))."""
LANGUAGES_SPOKEN: tuple[str, ...] = ("en", "uk", "ru", "de", "fr", "es", "it", "be", "vi")
"""Languages a colleague may be asked for, besides Polish (ISO 639-1)."""
MOST_PLACES = 8
LONGEST_PLACE = 60


def places_of(typed: str) -> list[str]:
    """Towns parted by commas or lines, with single spaces, each once, in the order typed."""
    parts = typed.replace("\n", ",").replace(";", ",").split(",")
    towns = (" ".join(part.split())[:LONGEST_PLACE].strip() for part in parts)
    return list(dict.fromkeys(town for town in towns if town))


def welcome_is_open(accepted_at: datetime | None, expires_at: datetime, at: datetime) -> bool:
    """Whether an invitation can still be accepted."""
    return accepted_at is None and at < expires_at


def soon(day: date, today: date) -> bool:
    """Whether a day may be planned for: from today to a year ahead."""
    return today <= day <= today + timedelta(days=AHEAD_DAYS)


def keeps_an_admin(admins: Collection[int], leaving: int) -> bool:
    """Whether someone else still administers the firm when `leaving` no longer does."""
    return bool(set(admins) - {leaving})


def notice_in_force(announced_on: date | None, today: date) -> bool:
    """Whether two weeks have passed since the notice was announced."""
    return announced_on is not None and today >= announced_on + timedelta(days=NOTICE_DAYS)


def acknowledged(announced_on: date | None, acknowledged_at: datetime | None, zone: str) -> bool:
    """Whether someone has read this notice, not only an earlier one."""
    return (
        announced_on is not None
        and acknowledged_at is not None
        and day_of(acknowledged_at, zone) >= announced_on
    )


def may_be_named(
    announced_on: date | None, acknowledged_at: datetime | None, at: datetime, zone: str
) -> bool:
    """Whether what this person does may be shown by name: the notice holds and they know of it."""
    return notice_in_force(announced_on, day_of(at, zone)) and acknowledged(
        announced_on, acknowledged_at, zone
    )
