"""Names folded for search and comparison."""

import re
import unicodedata

LETTERS = str.maketrans("łŁøØđĐßæÆœŒ", "lLoOdDsaAoO")
"""Letters that Unicode does not decompose; ł first, or half of Poland is not found."""


def fold(name: str) -> str:
    """`Łucja  Żurek-Bąk` -> `lucja zurek bak`: lower case, no accents, single spaces."""
    plain = unicodedata.normalize("NFKD", (name or "").translate(LETTERS))
    kept = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.sub(r"[^0-9a-z]+", " ", kept).strip()


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
