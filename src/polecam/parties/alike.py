"""How two names compare: equal, a diminutive, a slip of the pen, an initial, a part. Pure.

The one truth about which names may belong to one person: `likeness` weighs it with phone and
address, `rules.compatible` asks it about bags of words.
"""

from enum import StrEnum
from functools import lru_cache
from itertools import permutations
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from polecam.kit.diminutives import (
    FORMS_OF_MEN,
    FORMS_OF_WOMEN,
    full_names,
    is_known,
    masculine,
    one_name,
)
from polecam.kit.names import fold

WORDS = 4
"""Words of a first or last name that are compared; what follows is cut off."""
FITS = 60
"""Quality from which two names fit."""


class Fit(StrEnum):
    """How two first names, two last names, or two words of them compare."""

    EQUAL = "equal"
    DIMINUTIVE = "diminutive"
    SWAPPED = "swapped"
    TYPO = "typo"
    INITIAL = "initial"
    PART = "part"
    MISSING = "missing"
    OTHER = "other"


TOLD = (Fit.DIMINUTIVE, Fit.SWAPPED, Fit.TYPO, Fit.INITIAL, Fit.PART)
Kind = Literal["first", "last", "any"]


class Parted(NamedTuple):
    """A folded name in words."""

    first: tuple[str, ...]
    last: tuple[str, ...]


class Names(NamedTuple):
    """Two compared names. `quality` 0..100 of what both sides say; from FITS on they fit."""

    first: Fit
    last: Fit
    quality: int
    told: tuple[Fit, ...]
    """What a human is told of it; EQUAL only if there is nothing else."""

    @property
    def whole(self) -> bool:
        """Both say a first and a last name, and neither differs."""
        return {Fit.MISSING, Fit.OTHER}.isdisjoint((self.first, self.last))

    @property
    def differ(self) -> bool:
        """First or last name differ beyond a slip of the pen."""
        return Fit.OTHER in (self.first, self.last)


class Part(NamedTuple):
    """Two compared words, or lists of words: the fit, its quality, and all that is to be told."""

    fit: Fit
    quality: int
    told: frozenset[Fit] = frozenset()


SAME = Part(Fit.EQUAL, 100)
MISSING = Part(Fit.MISSING, 80, frozenset({Fit.PART}))
OTHER = Part(Fit.OTHER, 0)


def parted(first: str, last: str) -> Parted:
    """A name as written in folded words; a whole name in one field is cut before its last word."""
    return _parted(tuple(fold(first).split()[:WORDS]), tuple(fold(last).split()[:WORDS]))


def _parted(first: tuple[str, ...], last: tuple[str, ...]) -> Parted:
    if not last and len(first) > 1:
        return Parted(first[:-1], first[-1:])
    if not first and len(last) > 1:
        return Parted(last[:1], last[1:])
    return Parted(first, last)


def compare(one: Parted, other: Parted) -> Names:
    """Compare two names, in both orders; symmetric."""
    first, last = _part(one.first, other.first, "first"), _part(one.last, other.last, "last")
    if OTHER not in (first, last):
        return _names(first, last)
    across = _part(one.first, other.last, "any"), _part(one.last, other.first, "any")
    if OTHER in across:
        return _names(first, last)
    return _crossed(*across)


def _names(first: Part, last: Part) -> Names:
    if first.fit is last.fit is Fit.MISSING:
        return Names(Fit.MISSING, Fit.MISSING, 0, ())
    if OTHER in (first, last):
        return Names(first.fit, last.fit, 0, ())
    told = tuple(fit for fit in TOLD if fit in first.told | last.told)
    quality = first.quality * last.quality // 100
    return Names(first.fit, last.fit, quality, told or (Fit.EQUAL,))


def _crossed(one: Part, other: Part) -> Names:
    """First name and surname have changed places. Which is which is not known when one is missing:
    taken for the surname, which says less."""
    missing = Fit.MISSING in (one.fit, other.fit)
    told = one.told | other.told | {Fit.SWAPPED}
    return Names(
        Fit.MISSING if missing else Fit.SWAPPED,
        Fit.SWAPPED,
        one.quality * other.quality * 98 // 10_000,
        tuple(fit for fit in TOLD if fit in told),
    )


def fits(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two folded names fit whose words have lost their order."""
    most = max(len(one), len(other))
    if not one or not other or most > WORDS:
        return one <= other or other <= one
    return _part(tuple(sorted(one)), tuple(sorted(other)), "any").quality >= FITS


@lru_cache(maxsize=65536)
def _part(one: tuple[str, ...], other: tuple[str, ...], kind: Kind) -> Part:
    """Every word of the shorter list must be found in the longer one."""
    if not one or not other:
        return MISSING
    if one == other:
        return SAME
    if len(one) == len(other) == 1:
        return _word(one[0], other[0], kind)
    shorter, longer = sorted((one, other), key=len)
    ways = (
        tuple(_word(a, b, kind) for a, b in zip(shorter, chosen, strict=True))
        for chosen in permutations(longer, len(shorter))
    )
    best = max((_together(way) for way in ways), key=lambda part: (part.quality, sorted(part.told)))
    if best.fit is Fit.OTHER or len(shorter) == len(longer):
        return best
    return Part(Fit.PART, best.quality * 80 // 100, best.told | {Fit.PART})


def _together(way: tuple[Part, ...]) -> Part:
    if OTHER in way:
        return OTHER
    worst = min(way, key=lambda part: part.quality)
    return Part(worst.fit, worst.quality, frozenset[Fit]().union(*(part.told for part in way)))


@lru_cache(maxsize=65536)
def _word(one: str, other: str, kind: Kind) -> Part:
    if one == other:
        return SAME
    if kind != "last" and one_name(one, other):
        return _told(Fit.DIMINUTIVE, 90)
    if kind != "first" and masculine(one) == masculine(other):
        return Part(Fit.EQUAL, 98)
    if 1 in (len(one), len(other)):
        return _told(Fit.INITIAL, 50) if _begins(one, other) else OTHER
    return _slip(one, other, kind)


def _told(fit: Fit, quality: int) -> Part:
    return Part(fit, quality, frozenset({fit}))


def _begins(one: str, other: str) -> bool:
    """`k` for Katarzyna, and for Kasia; `m` for Gosia, who is Małgorzata."""
    letter, name = sorted((one, other), key=len)
    return name.startswith(letter) or any(full.startswith(letter) for full in full_names(name))


def _slip(one: str, other: str, kind: Kind) -> Part:
    """One slip, two in a long word; more, or in a short word, is worth a question at most."""
    if kind != "first":
        one, other = masculine(one), masculine(other)
    distance = OSA.distance(one, other, score_cutoff=2)
    shortest, longest = sorted((len(one), len(other)))
    if distance > 2 or 2 * distance > longest or longest < 3:
        return OTHER
    if kind != "last" and is_known(one) and is_known(other):
        near = distance == 1 and shortest > 3 and _of_a_woman(one) == _of_a_woman(other)
        return _told(Fit.TYPO, 35) if near else OTHER  # Marta and Maria, not Adrian and Adrianna
    if kind != "last" and _man_and_woman(*sorted((one, other), key=len)):
        return OTHER
    if distance == 1:
        return _told(Fit.TYPO, 85 if shortest > 3 else 40)
    return _told(Fit.TYPO, 70 if shortest > 7 else 40 if shortest > 4 else 20)


def _of_a_woman(name: str) -> bool:
    return any(full in FORMS_OF_WOMEN for full in full_names(name))


def _man_and_woman(shorter: str, longer: str) -> bool:
    """Daniel and Daniela: not a letter too many."""
    return shorter in FORMS_OF_MEN and longer == shorter + "a"
