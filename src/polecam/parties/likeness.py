"""How alike two people are, from what is said of them. Pure: values in, values out.

A phone or an address that is the same, with a name that fits, is nearly certain. A name alone never
is: its score stays under what a firm may call "the same" (`ALONE_BP`). Spouses share phones, so the
same phone with another name is a question at most. A first name alone says nothing.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from polecam.parties.alike import FITS, Fit, Names, compare, parted

ALONE_BP = 7_800
"""What a name without any contact in common can reach; no firm may set "the same" that low."""
SAME_BP = 9_500
"""Reached by the same phone or address with a name that fits; the default of `match_same_bp`."""
RARE, COMMON = 3, 30
"""Records that bear a surname: up to RARE it says much, from COMMON on little."""


class Reason(StrEnum):
    """What is alike or speaks against; shown to a human, strongest first."""

    SAME_PHONE = "same_phone"
    SAME_EMAIL = "same_email"
    SAME_NAME = "same_name"
    DIMINUTIVE = "diminutive"
    SWAPPED = "swapped"
    TYPO = "typo"
    INITIAL = "initial"
    PART = "part"
    RARE_NAME = "rare_name"
    OTHER_PHONE = "other_phone"
    OTHER_EMAIL = "other_email"
    OTHER_SURNAME = "other_surname"
    CONTRADICTION = "contradiction"


OF_NAMES = {
    Fit.EQUAL: Reason.SAME_NAME,
    Fit.DIMINUTIVE: Reason.DIMINUTIVE,
    Fit.TYPO: Reason.TYPO,
    Fit.INITIAL: Reason.INITIAL,
    Fit.PART: Reason.PART,
    Fit.SWAPPED: Reason.SWAPPED,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a person: the name as written, contact data as blind indexes ("" = not)."""

    first: str = ""
    last: str = ""
    phone_index: str = ""
    email_index: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike, 0..10,000 basis points, and why. Not a probability: compare it with thresholds."""

    score_bp: int
    reasons: tuple[Reason, ...] = ()


Band = Literal["same", "ask", "new"]


def band(score_bp: int, same_bp: int, ask_bp: int) -> Band:
    """`same`, `ask` a human, or `new`, by the firm's two thresholds.

    Raises ValueError for a `same_bp` that a name alone could reach.
    """
    if same_bp <= ALONE_BP:
        raise ValueError(f"same_bp must be above {ALONE_BP}: a name alone is never enough")
    if score_bp >= same_bp:
        return "same"
    return "ask" if score_bp >= ask_bp else "new"


def likeness(one: Said, other: Said, *, bearers: int | None = None) -> Likeness:
    """How alike two people are; symmetric.

    `bearers`: how many records bear that surname, if known. Two records of one full name are no
    surprise under a common surname; under one that they alone bear they are.
    """
    names = compare(parted(one.first, one.last), parted(other.first, other.last))
    return of_names(names, one, other, bearers)


def of_names(names: Names, one: Said, other: Said, bearers: int | None = None) -> Likeness:
    """The same for names already compared (`alike.compare`)."""
    phone = _same(one.phone_index, other.phone_index)
    email = _same(one.email_index, other.email_index)
    score = _score(names, phone, email, bearers)
    if not score:
        return Likeness(0)
    return Likeness(score, _reasons(names, phone, email, bearers))


def _same(one: str, other: str) -> bool | None:
    """True, False, or None when one of the two is not known."""
    return one == other if one and other else None


@lru_cache(maxsize=65536)
def _score(names: Names, phone: bool | None, email: bool | None, bearers: int | None) -> int:
    shared = (phone is True) + (email is True)
    if not shared:
        return _by_name_alone(names, phone, email, bearers)
    both = shared == 2
    if names.differ:
        return _contradicted(names, both=both)
    if names.quality >= FITS and names.first is not Fit.MISSING:
        against = phone is False or email is False
        score = SAME_BP + 4 * names.quality + 100 * both - 200 * against
        return min(max(score, SAME_BP), 10_000)
    return SAME_BP if both else 9_000 + 4 * names.quality


def _contradicted(names: Names, *, both: bool) -> int:
    """The same phone (or both, phone and address) under two names: a question at most."""
    if names.first is not Fit.OTHER:
        return 8_800 if both else 8_000  # another surname: somebody married
    if names.last is not Fit.OTHER:
        return 7_500 if both else 6_500  # another first name: one household
    return 7_200 if both else 5_500


def _by_name_alone(
    names: Names, phone: bool | None, email: bool | None, bearers: int | None
) -> int:
    if not names.whole:
        return 0
    score = 69 * names.quality
    if bearers is not None:
        score += 900 * (bearers <= RARE) - 1_000 * (bearers >= COMMON)
    score -= 600 * (phone is False) + 400 * (email is False)
    return min(max(score, 0), ALONE_BP)


@lru_cache(maxsize=65536)
def _reasons(
    names: Names, phone: bool | None, email: bool | None, bearers: int | None
) -> tuple[Reason, ...]:
    found = []
    if phone:
        found.append(Reason.SAME_PHONE)
    if email:
        found.append(Reason.SAME_EMAIL)
    found += [OF_NAMES[fit] for fit in names.told]
    if names.whole and bearers is not None and bearers <= RARE:
        found.append(Reason.RARE_NAME)
    if phone is False:
        found.append(Reason.OTHER_PHONE)
    if email is False:
        found.append(Reason.OTHER_EMAIL)
    if names.differ:
        married = names.first is not Fit.OTHER
        found.append(Reason.OTHER_SURNAME if married else Reason.CONTRADICTION)
    return tuple(found)
