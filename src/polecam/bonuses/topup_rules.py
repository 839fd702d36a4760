"""What fills up a seller's month: a guarantee first, then an advance (a draw). Pure."""

from dataclasses import dataclass
from datetime import date

from polecam.kit.money import share_of
from polecam.kit.periods import first_day


@dataclass(frozen=True, slots=True)
class Filled:
    """Grosze that fill up one month, and the targets for the person's part of full time."""

    guarantee: int
    draw: int
    guarantee_target: int
    draw_target: int


def fill(earned: int, *, guarantee: int, draw: int, factor_bp: int) -> Filled:
    """The guarantee makes up what `earned` (at least 0) lacks to its target, the draw what then
    still lacks to its own. Neither is ever below zero."""
    had = max(0, earned)
    to_have, to_draw = share_of(guarantee, factor_bp), share_of(draw, factor_bp)
    given = max(0, to_have - had)
    return Filled(given, max(0, to_draw - had - given), to_have, to_draw)


def month_number(month: str, since: date) -> int:
    """Which month (1, 2, ...) of an engagement that began on `since` the month `YYYY-MM` is; below
    1 before it began."""
    first = first_day(month)
    return (first.year - since.year) * 12 + first.month - since.month + 1


def is_guaranteed(month: str, since: date | None, months: int) -> bool:
    """Whether a guarantee for the first `months` months (0: always) covers this one."""
    if months == 0 or since is None:
        return months == 0
    return 1 <= month_number(month, since) <= months
