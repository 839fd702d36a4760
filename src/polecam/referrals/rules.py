"""What may be written down about a friend before consent, how long it keeps, when it may be undone.

Pure: values in, values out.
"""

import re
from datetime import datetime, timedelta

from polecam.kit.names import fold

LONGEST_NAME = 40
LONGEST_WORDS = 400
SHORTEST_NAME = 3
NEEDS: tuple[str, ...] = ("home", "firm", "moving", "car", "saving", "insurance", "other")
"""What the friend may be looking for. Never health or family, and no product or balance."""

NUMBER = re.compile(r"(?:\d[\s\-().]*){5,}")
ADDRESS = re.compile(r"@|\bwww\.|https?:", re.IGNORECASE)
UNANSWERED = frozenset({"captured", "invited"})
"""States in which the friend has said nothing yet."""


def first_name(typed: str) -> str:
    """The typed name with single spaces, at most LONGEST_NAME characters."""
    return " ".join(typed.split())[:LONGEST_NAME].strip()


def holds_contact(text: str) -> bool:
    """Whether a text carries a telephone number or an address: the friend gives those."""
    return bool(NUMBER.search(text) or ADDRESS.search(text))


def mentions(text: str, first_name: str) -> bool:
    """Whether a text holds a first name, in whatever case: a word that begins like it.

    `Piotr` is found in "Piotrze, polecam", too; names of two letters would be found everywhere.
    """
    name = fold(first_name)
    stem = name if len(name) <= SHORTEST_NAME else name[:-1]
    return len(name) >= SHORTEST_NAME and f" {stem}" in f" {fold(text)}"


def need_known(need: str) -> bool:
    """Whether a need may be recorded ("" = not known)."""
    return need == "" or need in NEEDS


def ends_at(at: datetime, days: int) -> datetime:
    """When an invitation ends: `days` times 24 hours after it was made."""
    return at + timedelta(days=days)


def may_undo(done_at: datetime, at: datetime, minutes: int) -> bool:
    """Whether a record may still be taken back."""
    return at <= done_at + timedelta(minutes=minutes)
