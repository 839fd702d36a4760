"""When two names may belong to one person. Pure."""

from rapidfuzz import fuzz

from polecam.kit.names import fold

ALIKE = 88
"""Similarity (0-100, words in any order) from which a difference counts as a slip of the pen."""


def words(first: str, last: str) -> frozenset[str]:
    """A folded name as a set of words: order and accents play no part."""
    return frozenset(fold(f"{first} {last}").split())


def compatible(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names contradict each other: equal, one part of the other, or a typing slip.

    An unknown name contradicts nothing.
    """
    if one <= other or other <= one:
        return True
    return fuzz.token_sort_ratio(" ".join(sorted(one)), " ".join(sorted(other))) >= ALIKE
