"""Polish first names and what people are called: Kasia is Katarzyna, Ola may be Olga. Pure.

Everything here is folded (`kit.names.fold`): that is how names are compared. An everyday form may
stand for several full names. Surnames: Kowalska and Kowalski are one.
"""

from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from polecam.kit.given_names import MEN, WOMEN
from polecam.kit.names import fold
from polecam.kit.polish_endings import ADJECTIVAL_FEMININE


def _lines(text: str) -> dict[str, frozenset[str]]:
    """Full name -> its everyday forms, folded."""
    found: dict[str, frozenset[str]] = {}
    for entry in text.split(";"):
        full, _, forms = entry.partition(":")
        found[fold(full)] = frozenset(fold(form) for form in forms.split()) - {fold(full)}
    return found


FORMS_OF_WOMEN = _lines(WOMEN)
FORMS_OF_MEN = _lines(MEN)


def _bearers() -> dict[str, frozenset[str]]:
    meant: dict[str, set[str]] = {}
    for lines in (FORMS_OF_WOMEN, FORMS_OF_MEN):
        for full, forms in lines.items():
            for word in {full, *forms}:
                meant.setdefault(word, set()).add(full)
    return {word: frozenset(names) for word, names in meant.items()}


MEANT = _bearers()
"""Any known form -> the full names it may stand for; a full name stands for itself too."""


def full_names(first: str) -> frozenset[str]:
    """The full names a folded first name may stand for: `ola` -> aleksandra, olga, oliwia.

    A name that is not in the list stands for itself.
    """
    return MEANT.get(first) or frozenset((first,))


def is_known(first: str) -> bool:
    """Whether a folded word is a first name or an everyday form of one in the list."""
    return first in MEANT


def one_name(one: str, other: str) -> bool:
    """Whether two folded first names may belong to one person: `kasia` and `katarzyna`."""
    return one == other or not full_names(one).isdisjoint(full_names(other))


@lru_cache(maxsize=4096)
def variants(first: str) -> tuple[str, ...]:
    """What somebody called `first` may be written as elsewhere: itself first, then full names,
    then their everyday forms."""
    full = sorted(full_names(first) - {first})
    forms: set[str] = set()
    for name in full_names(first):
        forms |= FORMS_OF_WOMEN.get(name, frozenset()) | FORMS_OF_MEN.get(name, frozenset())
    return (first, *full, *sorted(forms - {first, *full}))


@cache
def _known_names() -> list[str]:
    return sorted(MEANT)


@lru_cache(maxsize=4096)
def slips(first: str, most: int = 2) -> tuple[str, ...]:
    """Known names within `most` typing slips of a folded word, nearest first: `kataryzna` ->
    katarzyna. The word itself is not among them."""
    allowed = min(most, max(1, len(first) // 4))
    near = process.extract(
        first, _known_names(), scorer=OSA.distance, score_cutoff=allowed, limit=12
    )
    return tuple(name for name, distance, _ in near if distance)


def _adjectives() -> dict[str, str]:
    pairs = {}
    for feminine in map(fold, ADJECTIVAL_FEMININE):
        stem = feminine[:-1]
        pairs[feminine] = stem + ("i" if stem[-1] in "kg" else "y")
    return pairs


ADJECTIVES = _adjectives()
"""biala -> bialy: surnames that are adjectives without the ending -ska."""


@lru_cache(maxsize=65536)
def masculine(surname: str) -> str:
    """One form for both of a folded surname: `kowalska` -> `kowalski`, `biala` -> `bialy`."""
    if surname.endswith(("ska", "cka", "zka")) and len(surname) > 4:
        return surname[:-1] + "i"
    return ADJECTIVES.get(surname, surname)


FEMININES = {masculine_form: feminine for feminine, masculine_form in ADJECTIVES.items()}


def surname_forms(surname: str) -> tuple[str, ...]:
    """A folded surname and its other form, if it has one: `kowalski` -> kowalski, kowalska."""
    base = masculine(surname)
    if base != surname:
        return (surname, base)
    if surname.endswith(("ski", "cki", "zki")):
        return (surname, surname[:-1] + "a")
    other = FEMININES.get(surname)
    return (surname, other) if other else (surname,)
