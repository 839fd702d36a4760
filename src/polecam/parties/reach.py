"""Which records could be meant at all: a few index look-ups among everyone, never a scan.

In SQL, read by index alone on SQLite. `name_key` is "first last", `name_key2` "last first", both
folded and compared byte by byte (PostgreSQL: collation "C", see the migration). A range
`[word, word + "{")` is a prefix; LIKE would scan SQLite's table. Erased records have no keys.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
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
WALKED = 2_000
"""Records of one surname, or of one first name and one initial, whose keys are read; where there
are more, a narrower range is read as well."""
KEPT = 60
"""Of those, the ones most alike."""

KEYS = ("name_key", "name_key2")
Rows = list[tuple[int, str]]


class Look(NamedTuple):
    """One look-up by one index."""

    column: str
    where: str
    values: list[str]
    most: int


class Walk(NamedTuple):
    """All keys of a column with a beginning, and what they should be like."""

    column: str
    start: str
    narrower: str
    wanted: str


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
    contact = (("phone_index", said.phone_index), ("email_index", said.email_index))
    looks = [
        Look(column, f"{column} = %s", [value], NAMESAKES) for column, value in contact if value
    ]
    if name.first and name.last:
        looks += _of_names({*_spelled(name, variants), *_spelled(name.turned, variants)})
    return {ident for rows in _read(looks) for ident, _ in rows}


def nearly(name: Name) -> set[int]:
    """Those whose name is a slip of the pen away, or has an initial, or more words."""
    name = name.likely
    if not name.first or not name.last:
        return set()
    walks = _walks(name)
    looks = _of_names({*_spelled(name, slips), *_misbegun(name)})
    read = _read([*looks, *(_begins(walk.column, walk.start) for walk in walks)])
    found = {ident for rows in read[: len(looks)] for ident, _ in rows}
    walked = list(zip(walks, read[len(looks) :], strict=True))
    crowded = [walk for walk, rows in walked if len(rows) == WALKED]
    again = _read([_begins(walk.column, walk.narrower) for walk in crowded])
    for walk, rows in [*walked, *zip(crowded, again, strict=True)]:
        found |= _nearest(rows, walk.wanted)
    return found


def bearers(surnames: Collection[str], enough: int) -> dict[str, int]:
    """How many records bear each folded surname, in either form; stops counting at `enough`."""
    forms = [(surname, form) for surname in surnames for form in surname_forms(surname)]
    read = _read([_begins("name_key2", f"{form} ", enough) for _, form in forms])
    found = dict.fromkeys(surnames, 0)
    for (surname, _), rows in zip(forms, read, strict=True):
        found[surname] += len(rows)
    return found


def _walks(name: Name) -> list[Walk]:
    """By the surname as it stands, and by the first name with the surname's first letter."""
    first, last = name
    turned = f"{last} {first}"
    walks = []
    for surname in _surnames(last):
        initial = f"{surname} {first[:1]}"
        walks.append(
            Walk("name_key2", initial if len(first) == 1 else f"{surname} ", initial, turned)
        )
    if len(first) > 1:
        start = f"{first} "
        walks.append(Walk("name_key", start + last[:1], start + last[:2], start + last))
    return walks


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


def _of_names(keys: set[str]) -> list[Look]:
    """The same keys in both orders."""
    values = sorted(keys)
    marks = ", ".join(["%s"] * len(values))
    return [Look(column, f"{column} IN ({marks})", values, NAMESAKES) for column in KEYS]


def _begins(column: str, start: str, most: int = WALKED) -> Look:
    values = [start, start + LAST_LETTER]
    return Look(column, f"{column} >= %s AND {column} < %s", values, most)


def _nearest(rows: Rows, wanted: str) -> set[int]:
    """The most alike."""
    if len(rows) <= KEPT:
        return {ident for ident, _ in rows}
    keys = [key for _, key in rows]
    best = process.extract(wanted, keys, scorer=OSA.normalized_similarity, limit=KEPT)
    return {rows[place][0] for _, _, place in best}


def _read(looks: Sequence[Look]) -> list[Rows]:
    """(id, key) of the records for each look-up, in one statement.

    The names of columns are written above, never given from outside.
    """
    found: list[Rows] = [[] for _ in looks]
    if not looks:
        return found
    parts = [
        f"SELECT * FROM (SELECT {place} AS place, id, {look.column} FROM parties_party"  # noqa: S608
        f" WHERE {look.where} LIMIT {look.most}) AS look{place}"
        for place, look in enumerate(looks)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [v for look in looks for v in look.values])
        for place, ident, key in cursor.fetchall():
            found[place].append((ident, key))
    return found
