"""Names folded for search and comparison."""

import re
import unicodedata

LETTERS = str.maketrans(
    "łŁøØđĐßæÆœŒąćęńóśźżĄĆĘŃÓŚŹŻ",
    "lLoOdDsaAoOacenoszzACENOSZZ",
)
"""Letters that Unicode does not decompose (ł first, or half of Poland is not found), and the Polish
ones, which need no Unicode tables: 100,000 imported rows are folded several times each."""
GAPS = re.compile(r"[^0-9a-z]+")
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Controls, and marks that turn the direction of whatever stands beside a name."""


def plain(name: str) -> str:
    """The name without what nobody sees and what would turn a line around."""
    return UNSEEN.sub("", name or "")


def fold(name: str) -> str:
    """`Łucja  Żurek-Bąk` -> `lucja zurek bak`: lower case, no accents, single spaces."""
    plain = (name or "").translate(LETTERS)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return GAPS.sub(" ", plain.casefold()).strip()


def keys(first: str, last: str) -> tuple[str, str]:
    """Search keys in both orders: (`anna kowalczyk`, `kowalczyk anna`)."""
    a, b = fold(first), fold(last)
    return f"{a} {b}".strip(), f"{b} {a}".strip()


def initials(first: str, last: str = "") -> str:
    """`Anna`, `Kowalczyk` -> `AK`; one letter when there is one name."""
    return ((first or "")[:1] + (last or "")[:1]).upper()


def split(full: str) -> tuple[str, str]:
    """`Anna Maria Kowalczyk` -> (`Anna Maria`, `Kowalczyk`); one word is a first name."""
    words = (full or "").split()
    if len(words) < 2:
        return (words[0] if words else "", "")
    return " ".join(words[:-1]), words[-1]
