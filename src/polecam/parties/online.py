"""Who somebody may be, among everyone known: the few records most alike, in milliseconds."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from polecam.kit.diminutives import is_known
from polecam.kit.names import fold
from polecam.parties import reach
from polecam.parties.alike import Names, Parted, compare, parted
from polecam.parties.likeness import ALONE_BP, COMMON, SAME_BP, Likeness, Said, of_names
from polecam.parties.models import Party

__all__ = ["Candidate", "Said", "candidates"]

CLEAR = 88
"""Quality of a name that needs no search for slips: equal, swapped, a diminutive."""
FIELDS = (
    "pk", "same_as", "first_name", "last_name", "name_key", "phone_index", "email_index",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the person. `party_id` is the record that stands, if it was merged."""

    party_id: int
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was looked at; the closer name counts between equal scores."""

    row: int
    stands: int
    known: Said
    parted: Parted
    names: Names
    likeness: Likeness
    closeness: float

    @property
    def rank(self) -> tuple[int, float, int]:
        """Smallest first."""
        return -self.likeness.score_bp, -self.closeness, self.row

    @property
    def clear(self) -> bool:
        """Nobody more alike can come by searching for slips of the pen."""
        exact = self.names.whole and self.names.quality >= CLEAR
        return exact or self.likeness.score_bp >= SAME_BP

    @property
    def alone(self) -> bool:
        """Alike by a clear name and nothing else."""
        exact = self.names.whole and self.names.quality >= CLEAR
        return exact and self.likeness.score_bp <= ALONE_BP

    @property
    def surname(self) -> str:
        """What is no first name, if the two have changed places."""
        first, last = (" ".join(words) for words in self.parted)
        return first if is_known(last) and not is_known(first) else last


def candidates(said: Said, *, limit: int = 5) -> list[Candidate]:
    """The records most alike to what is said of a person, best first; nobody erased.

    Never opens contact data: phone and address are compared by blind index. Judge the scores with
    `likeness.band`; those without any likeness are left out. Slips of the pen are searched for only
    if nobody bears the name as it stands. Of equally alike records the oldest comes first, and one
    with a rare surname may score above the one before it.
    """
    name = reach.Name(fold(said.first), fold(said.last))
    ids = reach.exactly(said, name)
    found = _ranked(said, name, ids)
    if not found or not found[0].clear:
        more = reach.nearly(name) - ids
        found = sorted([*found, *_ranked(said, name, more)], key=lambda one: one.rank)
    best: dict[int, Found] = {}
    for one in found:
        best.setdefault(one.stands, one)
        if len(best) == limit:
            break
    return _weighed(said, best)


def _ranked(said: Said, name: reach.Name, ids: Iterable[int]) -> list[Found]:
    me = parted(said.first, said.last)
    keys = (f"{name.first} {name.last}", f"{name.last} {name.first}")
    found = []
    rows = Party.objects.filter(pk__in=ids, erased_at=None).values_list(*FIELDS)
    for pk, same_as, first, last, key, phone, email in rows:
        other = parted(first, last)
        names, known = compare(me, other), Said(first, last, phone, email)
        alike = of_names(names, said, known)
        if alike.score_bp:
            closeness = max(OSA.normalized_similarity(key, mine) for mine in keys)
            found.append(Found(pk, same_as or pk, known, other, names, alike, closeness))
    return sorted(found, key=lambda one: one.rank)


def _weighed(said: Said, best: dict[int, Found]) -> list[Candidate]:
    """With the rarity of the surname, where that matters: a clear name and nothing else."""
    alone = {one.surname for one in best.values() if one.alone}
    counted = reach.bearers(alone, COMMON) if alone else {}
    return [
        Candidate(stands, of_names(one.names, said, one.known, counted[one.surname]))
        if one.alone
        else Candidate(stands, one.likeness)
        for stands, one in best.items()
    ]
