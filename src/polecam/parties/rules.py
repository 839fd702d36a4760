"""When two names may belong to one person. Pure."""

from rapidfuzz import fuzz

from polecam.kit.names import fold
from polecam.parties.alike import fits

ALIKE = 88
"""Similarity (0-100, words in any order) from which a difference counts as a slip of the pen."""


def words(first: str, last: str) -> frozenset[str]:
    """A folded name as a set of words: order and accents play no part."""
    return frozenset(fold(f"{first} {last}").split())


def compatible(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names may be one: equal, one part of the other, a diminutive, a typing slip.

    An unknown name contradicts nothing. Generous, for a file that says what is known already;
    whether two records are one person is weighed by `likeness`.
    """
    if one <= other or other <= one:
        return True
    if fuzz.token_sort_ratio(" ".join(sorted(one)), " ".join(sorted(other))) >= ALIKE:
        return True
    return fits(one, other)
