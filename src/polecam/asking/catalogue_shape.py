"""What a delivered kind of moment is made of."""

from dataclasses import dataclass

LINES = ("bank", "insurance", "real_estate", "telco", "cars", "b2b")
"""Lines of business, as Organisation.business says them; any other begins with the common kinds."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One kind. `days`: how long a good one stays fresh (from `before` days ahead of it), or a
    wrong one lasts by itself (None: until somebody closes it). No `lines`: for every firm."""

    code: str
    good: bool
    strength: int
    days: int | None
    title_pl: str
    title_en: str
    sentence_pl: str = ""
    sentence_en: str = ""
    lines: tuple[str, ...] = ()
    before: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind that comes by itself, `offset_days` after (before: negative) a date of the client."""

    kind: str
    counts_from: str
    offset_days: int
    yearly: bool


def good(
    code: str,
    strength: int,
    days: int,
    title_pl: str,
    title_en: str,
    sentence_pl: str,
    sentence_en: str,
    *lines: str,
    before: int = 0,
) -> Delivered:
    """A moment at which asking is right; strength 5 is the strongest reason."""
    return Delivered(
        code, True, strength, days, title_pl, title_en, sentence_pl, sentence_en, lines, before
    )


def wrong(code: str, days: int | None, title_pl: str, title_en: str, *lines: str) -> Delivered:
    """A moment at which asking would be wrong; how strong does not matter, it always wins."""
    return Delivered(code, False, 3, days, title_pl, title_en, lines=lines)
