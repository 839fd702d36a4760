"""Which records could be meant at all: a few index look-ups among everyone, never a scan.

In SQL, read by index alone on SQLite. `name_key` is "first last", `name_key2` "last first", both
folded and compared byte by byte (PostgreSQL: collation "C", see the migration). A range
`[word, word + "{")` is a prefix; LIKE would scan SQLite's table. Erased records have no keys.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from polecam.kit.diminutives import is_known, slips, surname_forms, variants
from polecam.parties.likeness import Said

LAST_LETTER = "{"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
NAMESAKES = 300
"""Records of exactly that name, or of that phone or address, that are looked at."""
WALKED = 8_000
"""Records of one surname, or of one first name and one initial, whose keys are read."""
KEPT = 60
"""Of those, the ones most alike."""

KEYS = ("name_key", "name_key2")


class Name(NamedTuple):
    """What is said, folded."""

    first: str
    last: str

    @property
    def turned(self) -> "Name":
        """The same with first and last name exchanged."""
        return Name(self.last, self.first)

    @property
    def likely(self) -> "Name":
        """In the order that is more likely meant: `kowalska anna` is Anna."""
        turned = is_known(self.last) and not is_known(self.first)
        return self.turned if turned else self


def exactly(said: Said, name: Name) -> set[int]:
    """Those of that phone, that address, or that name in either order, or a diminutive of it."""
    found: set[int] = set()
    for column, value in (("phone_index", said.phone_index), ("email_index", said.email_index)):
        if value:
            found.update(ident for ident, _ in _read(column, f"{column} = %s", [value]))
    if name.first and name.last:
        found |= _named({*_spelled(name, variants), *_spelled(name.turned, variants)})
    return found


def nearly(name: Name) -> set[int]:
    """Those whose name is a slip of the pen away, or has an initial, or more words."""
    name = name.likely
    if not name.first or not name.last:
        return set()
    found = _named({*_spelled(name, slips), *_misbegun(name)})
    for last in _surnames(name.last):
        start = f"{last} {name.first}" if len(name.first) == 1 else f"{last} "
        found |= _nearest("name_key2", start, f"{name.last} {name.first}")
    if len(name.first) > 1:
        found |= _nearest("name_key", f"{name.first} {name.last[0]}", f"{name.first} {name.last}")
    return found


def bearers(last: str, enough: int) -> int:
    """How many records bear a folded surname, in either form; stops counting at `enough`."""
    found = 0
    for form in surname_forms(last):
        start = f"{form} "
        found += len(_read("name_key2", *_range("name_key2", start), most=enough))
    return found


def _spelled(name: Name, how: Callable[[str], Iterable[str]]) -> list[str]:
    firsts = {name.first, *how(name.first.partition(" ")[0])}
    return [f"{first} {last}" for first in firsts for last in _surnames(name.last)]


def _surnames(last: str) -> list[str]:
    """Its forms; of a double-barrelled one each half as well."""
    words = last.split()
    names = [last, *(word for word in words if len(word) > 2)] if len(words) > 1 else [last]
    return list(dict.fromkeys(form for name in names for form in surname_forms(name)))


def _misbegun(name: Name) -> list[str]:
    """One slip in the first letter of the surname, where no range begins right."""
    first, last = name
    rest = last[1:]
    slipped = [letter + rest for letter in LETTERS] + [letter + last for letter in LETTERS]
    return [f"{first} {word}" for word in [*slipped, rest, last[1:2] + last[:1] + last[2:]]]


def _named(keys: set[str]) -> set[int]:
    values = sorted(keys)
    marks = ", ".join(["%s"] * len(values))
    found: set[int] = set()
    for column in KEYS:
        rows = _read(column, f"{column} IN ({marks})", values, most=NAMESAKES)
        found.update(ident for ident, _ in rows)
    return found


def _range(column: str, start: str) -> tuple[str, list[str]]:
    return f"{column} >= %s AND {column} < %s", [start, start + LAST_LETTER]


def _nearest(column: str, start: str, wanted: str) -> set[int]:
    """Of all whose key begins so, the most alike."""
    rows = _read(column, *_range(column, start), most=WALKED)
    if len(rows) <= KEPT:
        return {ident for ident, _ in rows}
    keys = [key for _, key in rows]
    best = process.extract(wanted, keys, scorer=OSA.normalized_similarity, limit=KEPT)
    return {rows[place][0] for _, _, place in best}


def _read(
    column: str, where: str, values: Sequence[str], *, most: int = NAMESAKES
) -> list[tuple[int, str]]:
    """(id, the column) of the records; the names of columns are written above, never given."""
    statement = f"SELECT id, {column} FROM parties_party WHERE {where} LIMIT {most}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[int, str]] = cursor.fetchall()
    return rows
