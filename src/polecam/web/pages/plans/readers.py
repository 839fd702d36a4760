"""One slot of the editor at a time: text to value and back. Bounds are the rules' business.

A reader raises Unreadable with the sentence that stands at the slot; an empty slot is nothing (0,
or None where nothing is not 0). Amounts in grosze, rates in basis points.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from polecam.bonuses.planning.draft import ONE
from polecam.imports import cells
from polecam.kit.periods import day_bounds
from polecam.web.ui import format as fmt
from polecam.web.ui.firm import firm

PERCENT = re.compile(r"([-−]?)(\d{1,6})(?:[.,](\d{1,2}))?")
WHOLE = re.compile(r"([-−]?)(\d{1,9})")
UNITS = re.compile(r"(\d{1,9})(?:[.,](\d{1,4}))?")


class Unreadable(ValueError):
    """What was typed cannot be read; the words say how to write it."""


def grosze(typed: str) -> int:
    """`12,50 zł` -> 1250."""
    if not typed.strip():
        return 0
    try:
        found = cells.grosze(typed, fmt.currency())
    except cells.BadCell:
        found = None
    if found is None:
        raise Unreadable(_("Write an amount, for example 40 or 12.50."))
    return found


def basis_points(typed: str) -> int:
    """`12,5 %` -> 1250; also 1 000 %, so that the rules can say that it is too much."""
    text = "".join(typed.split()).removesuffix("%")
    if not text:
        return 0
    found = PERCENT.fullmatch(text)
    if found is None or not text.replace("−", "-").isascii():
        raise Unreadable(_("Write a percentage with at most two decimals, for example 12.5."))
    sign, whole, rest = found.groups()
    bp = int(whole) * 100 + int((rest or "").ljust(2, "0"))
    return -bp if sign else bp


def whole(typed: str) -> int:
    """A count of days, months or facts; nothing is 0."""
    return optional_whole(typed) or 0


def optional_whole(typed: str) -> int | None:
    """The same; nothing is None."""
    text = "".join(typed.split())
    if not text:
        return None
    found = WHOLE.fullmatch(text)
    if found is None or not text.replace("−", "-").isascii():
        raise Unreadable(_("Write a whole number, for example 30."))
    return -int(found[2]) if found[1] else int(found[2])


def units(typed: str) -> int | None:
    """`2,5` facts -> 25,000, the units of a band; nothing is None."""
    text = "".join(typed.split())
    if not text:
        return None
    found = UNITS.fullmatch(text)
    if found is None or not text.isascii():
        raise Unreadable(_("Write a number, for example 5."))
    return int(found[1]) * ONE + int((found[2] or "").ljust(4, "0"))


def first_unit(typed: str) -> int | None:
    """The number of the first fact of a band (`6`) as its border (50,000)."""
    found = units(typed)
    return None if found is None else max(0, found - ONE)


def border(typed: str) -> int | None:
    """An amount as a border of a band; nothing is None."""
    return grosze(typed) if typed.strip() else None


def opening(typed: str) -> datetime | None:
    """The beginning of a day of the firm; nothing is None."""
    found = _day(typed)
    return day_bounds(found, firm().zone)[0] if found else None


def closing(typed: str) -> datetime | None:
    """The end of the last day; nothing is None."""
    found = _day(typed)
    return day_bounds(found, firm().zone)[1] if found else None


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        found = date.fromisoformat(typed.strip())
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year < 2100:
        raise Unreadable(choose_a_day())
    return found


def moment(typed: str) -> datetime | None:
    """What a page wrote down as the moment it saw; anything else is none."""
    try:
        return parse_datetime(typed)
    except ValueError:
        return None


def choose_a_day() -> str:
    """What stands at an empty or unreadable day."""
    return _("Choose a day.")


# --- and back -------------------------------------------------------------------------------------


def show_amount(value: int) -> str:
    """An amount without its unit; 0 is an empty slot."""
    return fmt.amount(value) if value else ""


def show_sum(value: int | None) -> str:
    """A border of a band; 0 is 0."""
    return "" if value is None else fmt.amount(value)


def show_rate(bp: int) -> str:
    """A rate without its sign; 0 is an empty slot."""
    return fmt.percent(bp).removesuffix("%") if bp else ""


def show_whole(value: int | None) -> str:
    """A count; None is an empty slot."""
    return "" if value is None else str(value)


def show_units(bp: int | None) -> str:
    """A border of a count."""
    return "" if bp is None else fmt.decimal(float(Decimal(bp) / ONE), 4)


def show_first_unit(bp: int) -> str:
    """The border before a fact as that fact's number."""
    return show_units(bp + ONE)


def show_day(at: datetime | None) -> str:
    """An opening as the value of a date input."""
    return "" if at is None else fmt.as_day(at).isoformat()


def show_last_day(at: datetime | None) -> str:
    """A closing as its last day."""
    return show_day(at - timedelta(microseconds=1)) if at else ""
