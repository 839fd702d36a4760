"""Invented people, a million of them, spread over names as Poles are; and what becomes of a name
that is typed a second time.

First names: those of `kit.given_names`, the fifty commonest of each sex as in `demo.names`.
Surnames: about 300,000, a few borne by thousands and most by hardly anybody: the frequencies
interpolate what is published of the Polish register (1st .53%, 10th .23%, 100th .063%, 1,000th
.012%, 10,000th .0017%). Nobody here is real.
"""

import bisect
import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from polecam.demo.names import MEN, SURNAMES, WOMEN
from polecam.kit.diminutives import FORMS_OF_MEN, FORMS_OF_WOMEN
from polecam.kit.given_names import MEN as MORE_MEN
from polecam.kit.given_names import WOMEN as MORE_WOMEN
from polecam.kit.names import fold

CURVE = (
    (1, 0.0053), (10, 0.0023), (100, 0.00063), (1_000, 0.00012), (10_000, 0.000017),
    (100_000, 0.0000012), (400_000, 0.0000002),
)  # fmt: skip
ROOTS = (
    "bar bart bog bor brzoz buk chmiel choj cich czar czern dob domb drozd dud dzier fil gaj gał "
    "gaw głow gór grab graj grod gron gruch jab jan jask jaw jed kal kam kar kas kaz kir klim kob "
    "kol koł kon kop kor kos kost kow koz kraj kras kruk krup krzy kub kuch kul kur kwiat las lew "
    "lip lub łap łuk mach mad maj mak mal mał mar mat maz mich mik mil młyn mur nied niem now ol "
    "orł ostr pac paj pal paw pest piech piet pil piotr pog pol pot prus przyb rad raj rat rog rok "
    "rom rud rus ryb sad sam saw sien sik skow skrz słow smol sob sok sow stach staw stel strz "
    "sur sus szaf szcz szul szym śliw świd tar tom tr tur tyl ur wal wan war was wieczor wier wil "
    "wis wit woj wol wron wys zab zaj zal zar zaw ziel zwol żak żel żur żyw"
).split()
MIDDLES = [
    "",
    *"al an ar as at aw ed ej el en er ew ich ik il in isz od oł on or osz ow u ul usz".split(),
]
ENDINGS = (
    "ski owski ewski iński icki ak czyk ik ek a o uk owicz ewicz arz ec ka el isz ko yk ura as"
).split()
FEMALE = {"ski": "ska", "cki": "cka"}
LETTERS = "abcdefghijklmnoprstuwyz"
PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")


@dataclass(frozen=True, slots=True)
class Someone:
    """A made-up person; phone and e-mail as numbers of an invented series, 0 = none."""

    first: str
    last: str
    woman: bool
    phone: int = 0
    email: int = 0


class Crowd:
    """Draws people; the same seed draws the same people."""

    def __init__(self, seed: int = 20261124) -> None:
        self.chance = random.Random(seed)
        self.women = _first_names(WOMEN, MORE_WOMEN)
        self.men = _first_names(MEN, MORE_MEN)
        self.surnames = _surnames(self.chance)
        ranks = range(1, len(self.surnames) + 1)
        self.surname_sums = list(itertools.accumulate(_share(rank) for rank in ranks))
        self.numbers = itertools.count(1)

    def people(self, count: int) -> Iterator[Someone]:
        """So many people: 92% with a phone, 60% with an address; 8% share the phone at home."""
        while count > 0:
            one = self.person()
            yield one
            count -= 1
            if one.phone and count and self.chance.random() < 0.04:
                count -= 1
                yield self.spouse(one)

    def person(self) -> Someone:
        """Somebody."""
        woman = self.chance.random() < 0.52
        first = self._first(woman)
        last = self._surname(woman)
        if woman and self.chance.random() < 0.03:
            last = f"{last}-{self._surname(woman)}"
        return self._reached(Someone(first, last, woman))

    def spouse(self, one: Someone) -> Someone:
        """Who shares the phone and, mostly, the surname."""
        woman = not one.woman
        last = _in_form(one.last.partition("-")[0], woman)
        there = Someone(self._first(woman), last, woman)
        return replace(self._reached(there), phone=one.phone)

    def _reached(self, one: Someone) -> Someone:
        phone = next(self.numbers) if self.chance.random() < 0.92 else 0
        email = next(self.numbers) if self.chance.random() < 0.60 else 0
        return replace(one, phone=phone, email=email)

    def _first(self, woman: bool) -> str:
        names, sums = self.women if woman else self.men
        return names[bisect.bisect_left(sums, self.chance.random() * sums[-1])]

    def _surname(self, woman: bool) -> str:
        drawn = self.chance.random() * self.surname_sums[-1]
        return _in_form(self.surnames[bisect.bisect_left(self.surname_sums, drawn)], woman)


def _first_names(commonest: list[str], entries: str) -> tuple[list[str], list[float]]:
    listed = [entry.partition(":")[0].strip() for entry in entries.split(";")]
    names = list(dict.fromkeys([*commonest, *listed]))
    return names, list(itertools.accumulate(1 / (rank + 4) for rank in range(len(names))))


def _surnames(chance: random.Random) -> list[str]:
    """The commonest, then made ones; the longer are the rarer."""
    longer = [a + b for a in MIDDLES[1:] for b in MIDDLES[1:4]]
    found = dict.fromkeys(masculine for masculine, _ in SURNAMES)
    for middles in (MIDDLES, longer):
        made = [root + middle + end for root in ROOTS for middle in middles for end in ENDINGS]
        chance.shuffle(made)
        found |= dict.fromkeys(name.capitalize() for name in made)
    return list(found)


def _share(rank: int) -> float:
    """The share of people who bear the surname of that rank: straight lines on log paper."""
    for (r1, s1), (r2, s2) in itertools.pairwise(CURVE):
        if rank <= r2:
            part = math.log(rank / r1) / math.log(r2 / r1)
            return math.exp(math.log(s1) + part * (math.log(s2) - math.log(s1)))
    return CURVE[-1][1]


def _in_form(surname: str, woman: bool) -> str:
    ending = surname[-3:]
    if woman and ending in FEMALE:
        return surname[:-3] + FEMALE[ending]
    if not woman and ending in FEMALE.values():
        return surname[:-1] + "i"
    return surname


# --- what becomes of a name ---------------------------------------------------------------------


def one_edit(word: str, chance: random.Random) -> str:
    """Insert, delete, substitute or transpose one letter, anywhere."""
    at = chance.randrange(len(word))
    letter = chance.choice(LETTERS)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + letter + word[at:]
    if kind == 1 and len(word) > 2:
        return word[:at] + word[at + 1 :]
    if kind == 2 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + letter + word[at + 1 :]


def edited(one: Someone, edits: int, chance: random.Random) -> Someone:
    """So many edits, all in the first or all in the last name."""
    field = chance.choice(("first", "last"))
    word = getattr(one, field).lower()
    for _ in range(edits):
        word = one_edit(word, chance)
    return replace(one, **{field: word.capitalize()})


def diminutive(one: Someone, chance: random.Random) -> Someone:
    """What the person is called; one without an everyday form stays as they are."""
    full = fold(one.first)
    forms = sorted((FORMS_OF_WOMEN if one.woman else FORMS_OF_MEN).get(full, ()))
    return replace(one, first=chance.choice(forms).capitalize()) if forms else one


WAYS = (
    ("one edit", 30, lambda one, chance: edited(one, 1, chance)),
    ("two edits", 15, lambda one, chance: edited(one, 2, chance)),
    ("swapped order", 15, lambda one, _: replace(one, first=one.last, last=one.first)),
    ("diminutive", 15, diminutive),
    ("no diacritics", 15, lambda one, _: replace(
        one, first=one.first.translate(PLAIN), last=one.last.translate(PLAIN))),
    ("initial", 10, lambda one, _: replace(one, first=one.first[0] + ".")),
)  # fmt: skip
"""How a name is said again: the name of the way, its weight in a hundred, the way."""


def perturbed(one: Someone, chance: random.Random) -> tuple[str, Someone]:
    """The person as somebody else types them, and by which of WAYS."""
    way, _, change = chance.choices(WAYS, [weight for _, weight, _ in WAYS])[0]
    return way, change(one, chance)
