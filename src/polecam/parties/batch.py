"""Everyone who stands in the table twice, perhaps: all pairs worth a question, in one go.

Nobody is compared with everybody. Whoever shares a phone or an address is compared; then whoever
shares a full name, in any order and with diminutives, under a surname that hardly anybody bears.
Two people called Anna Kowalczyk are no question, or there would be no end of them; names that
differ by a slip of the pen are compared where a phone or an address is shared.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, groupby, islice, product

from django.db.models import Count, QuerySet

from polecam.kit.diminutives import full_names, is_known, masculine
from polecam.parties.alike import Parted, compare, parted
from polecam.parties.likeness import RARE, Reason, Said, of_names
from polecam.parties.models import Party

CHUNK = 5_000
CROWDED = 20
"""Records of one phone or address; where there are more (a switchboard), only bearers of one name
are compared."""
SPELLINGS = 8
"""Full names that one record is filed under, because a diminutive may mean several."""
FIELDS = ("pk", "same_as", "first_name", "last_name", "name_key", "phone_index", "email_index")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person; `one_id` < `other_id`, neither merged into another."""

    one_id: int
    other_id: int
    score_bp: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A record as far as it is compared."""

    stands: int
    said: Said
    parted: Parted
    words: str


def pairs(*, ask_bp: int) -> Iterator[Pair]:
    """All pairs that score at least `ask_bp`, each once, in no special order.

    Streams: a chunk of records at a time, so the caller can write pairs while they come. What grows
    with the table is a count for each surname, the ids of those with a rare one, and the ids of the
    pairs told (half a gigabyte at a million people).
    """
    seen: set[tuple[int, int]] = set()
    for one, other, bearers in _met():
        ids = (min(one.stands, other.stands), max(one.stands, other.stands))
        if ids[0] == ids[1] or ids in seen:
            continue
        names = compare(one.parted, other.parted)
        alike = of_names(names, one.said, other.said, bearers)
        if alike.score_bp >= ask_bp:
            seen.add(ids)
            yield Pair(*ids, alike.score_bp, alike.reasons)


def _met() -> Iterator[tuple[Row, Row, int | None]]:
    """Two records that have something in common, and how many bear their surname, if it counts."""
    for column in ("phone_index", "email_index"):
        for block in _sharing(column):
            for one, other in _couples(block):
                yield one, other, None
    yield from _namesakes()


# --- a phone or an address in common --------------------------------------------------------------


def _sharing(column: str) -> Iterator[list[Row]]:
    """Records of one phone, or of one address, that stand more than once."""
    known = Party.objects.filter(erased_at=None).exclude(**{column: ""})
    twice = known.values(column).annotate(many=Count("pk")).filter(many__gt=1).values(column)
    rows = known.filter(**{f"{column}__in": twice}).order_by(column, "pk")
    place = FIELDS.index(column)
    for _, block in groupby(_values(rows), key=lambda values: values[place]):
        yield [_row(values) for values in block]


def _couples(block: list[Row]) -> Iterator[tuple[Row, Row]]:
    if len(block) <= CROWDED:
        yield from combinations(block, 2)
        return
    for _, bearers in groupby(sorted(block, key=_by_words), key=_by_words):
        yield from combinations(list(bearers)[:CROWDED], 2)


def _by_words(row: Row) -> str:
    return row.words


def _values(rows: QuerySet[Party]) -> Iterator[tuple]:
    return rows.values_list(*FIELDS).iterator(CHUNK)


def _row(values: tuple) -> Row:
    pk, same_as, first, last, key, phone, email = values
    said, words = Said(first, last, phone, email), " ".join(sorted(key.split()))
    return Row(same_as or pk, said, parted(first, last), words)


# --- a name in common -----------------------------------------------------------------------------


def _namesakes() -> Iterator[tuple[Row, Row, int | None]]:
    """Those of one full name, under a rare surname."""
    found = _filed(_surnames())
    while chunk := list(islice(found, CHUNK)):
        wanted = {ident for one, other, _ in chunk for ident in (one, other)}
        rows = dict(_fetched(wanted))
        for one, other, bearers in chunk:
            if one in rows and other in rows:  # nobody was erased meanwhile
                yield rows[one], rows[other], bearers


def _fetched(idents: Iterable[int]) -> Iterator[tuple[int, Row]]:
    wanted = sorted(idents)
    for start in range(0, len(wanted), 1_000):
        part = Party.objects.filter(pk__in=wanted[start : start + 1_000], erased_at=None)
        for values in part.values_list(*FIELDS):
            yield values[0], _row(values)


def _surnames() -> Counter[str]:
    """How many records bear each surname; everything that is no first name is taken for one."""
    counted: Counter[str] = Counter()
    for _, key in _keys():
        counted.update(_last_names(key))
    return counted


def _keys() -> Iterator[tuple[int, str]]:
    """Of everyone, by the index on names alone."""
    rows = Party.objects.filter(name_key__gt="").order_by("name_key")
    return rows.values_list("pk", "name_key").iterator(CHUNK)


def _last_names(key: str) -> set[str]:
    words = key.split()
    if len(words) < 2:
        return set()
    return {masculine(word) for word in words if not is_known(word)} or {masculine(words[-1])}


def _filed(counted: Counter[str]) -> Iterator[tuple[int, int, int]]:
    """(id, id, bearers of the surname) of two records under one full name."""
    files: dict[str, list[int]] = {}
    for ident, key in _keys():
        last_names = _last_names(key)
        if not last_names or min(counted[name] for name in last_names) > RARE:
            continue
        for spelling in _spellings(key):
            files.setdefault(spelling, []).append(ident)
    for spelling, idents in files.items():
        if len(idents) > 1:
            bearers = min(counted[name] for name in _last_names(spelling))
            for one, other in combinations(idents, 2):
                yield one, other, bearers


@lru_cache(maxsize=4096)
def _meanings(word: str) -> tuple[str, ...]:
    """The full first names, or the masculine form of a surname."""
    return tuple(sorted(full_names(word))) if is_known(word) else (masculine(word),)


def _spellings(key: str) -> list[str]:
    """`kasia zaleska` -> katarzyna zaleski, the words in alphabetical order."""
    ways = product(*(_meanings(word) for word in key.split()))
    return [" ".join(sorted(way)) for way in islice(ways, SPELLINGS)]
