"""Which values a setting takes, and which of them must be explained."""

from datetime import date
from typing import Protocol

from polecam.kit.errors import Refused

Value = int | bool | str | None


class Bounds(Protocol):
    """A kind of setting: its unit and the bounds that hold."""

    @property
    def unit(self) -> str:
        """days, hours, minutes, years, asks, grosze, bp, day of the month,
        yes/no, choice, date or text."""

    @property
    def default(self) -> Value:
        """What holds without any row."""

    @property
    def low(self) -> int | None:
        """The least value."""

    @property
    def high(self) -> int | None:
        """The greatest value."""

    @property
    def choices(self) -> tuple[str, ...]:
        """What a setting of the unit `choice` may be."""

    @property
    def explained(self) -> str:
        """Which change needs a reason: `longer`, `shorter`, `yes`, `no`, `source` (any),
        or none."""


def check(kind: Bounds, value: Value) -> Value:
    """`value` as it is stored. Raises Refused for another type or outside the bounds."""
    if kind.unit == "yes/no":
        if not isinstance(value, bool):
            raise Refused("setting_wrong_type", field="value")
        return value
    if kind.unit == "choice":
        if value not in kind.choices:
            raise Refused("setting_wrong_type", field="value")
        return value
    if kind.unit == "date":
        return _day(value)
    if kind.unit == "text":
        return str(value or "").strip()[:200]
    if value is None and kind.default is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused("setting_wrong_type", field="value")
    if (kind.low is not None and value < kind.low) or (kind.high is not None and value > kind.high):
        raise Refused("setting_out_of_bounds", field="value", low=kind.low, high=kind.high)
    return value


def needs_reason(kind: Bounds, value: Value, current: Value) -> bool:
    """Whether going from `current` to `value` must come with a reason."""
    if kind.explained == "yes":
        return value is True and current is not True
    if kind.explained == "no":
        return value is False and current is True
    if kind.explained == "source":
        return value is not None and value != kind.default
    if not isinstance(value, int) or not isinstance(current, int):
        return False
    if kind.explained == "longer":
        return value > current
    return kind.explained == "shorter" and value < current


def _day(value: Value) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise Refused("setting_wrong_type", field="value") from None


BELOW: dict[str, tuple[str | None, ...]] = {
    "region": (None,),
    "branch": (None, "region"),
    "team": ("branch",),
}
"""Below what a level may hang; None is the firm itself."""


def fits_below(level: str, parent: str | None) -> bool:
    """Whether a place of `level` may hang below one of the level `parent`."""
    return parent in BELOW[level]


def check_move(
    *,
    on: date,
    today: date,
    level: str,
    now_below: int | None,
    parent: int | None,
    parent_level: str | None,
    parent_open: bool,
    planned: bool,
) -> None:
    """Whether a place may hang below `parent` (None: the firm itself) from the day `on`.

    `planned`: a move of it is ahead already. Raises Refused.
    """
    if on < today:
        raise Refused("move_in_past", field="on")
    if planned:
        raise Refused("move_planned")
    if not fits_below(level, parent_level):
        raise Refused("level_misplaced", field="parent")
    if not parent_open:
        raise Refused("place_closed", field="parent")
    if parent == now_below:
        raise Refused("move_nowhere", field="parent")


def is_open(closed_on: date | None, on: date) -> bool:
    """Whether a place works on a day: it is closed from the day `closed_on` on."""
    return closed_on is None or on < closed_on


REGULATED = frozenset({"bank", "insurance"})
"""Lines of business whose plans the guidelines on sales pay bind (EBA/GL/2016/06, IDD)."""
LANGUAGES = ("pl", "en")
