"""Endings of Polish nouns and adjectives as names use them; all in lower case."""

from enum import Enum


class Case(Enum):
    """The cases that sentences of the interface need."""

    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    VOCATIVE = "vocative"


FEMININE_NAMES = frozenset(
    "abigail alice amy astrid beatrycze carmen chloe dolores doris edith elizabeth ellen emily "
    "ester grace helen ines inez ingrid iris isabel jennifer karin karmen kim lilian lucy mary "
    "margit mercedes miriam naomi nel nicole nikol noemi rachel rut ruth salome sophie vivien "
    "zoe".split()
)
"""Names of women that do not end in -a; in Polish they have one form for all cases."""
MASCULINE_A = frozenset(
    "barnaba bonawentura dyzma ezra ilja jarema joshua kosma kuba luca misza nikita sasza "
    "zawisza".split()
)
ADJECTIVAL_MASCULINE = frozenset(
    "alojzy ambroży antoni apolinary atanazy bazyli bonifacy cezary gerwazy hilary idzi ignacy "
    "jerzy konstanty ksawery maurycy pankracy serwacy walenty wincenty zachary".split()
)
ADJECTIVAL_FEMININE = frozenset(
    "biała bogata bystra chuda cicha czarna długa dobra głucha gruba jasna łysa mała miła mądra "
    "młoda nowa ostra pewna płaska prosta pusta sroga stara sucha śmiała wesoła wielka wolna "
    "zielona złota żywa".split()
)
LATIN_O = frozenset("bruno gwido hugo iwo leo otto".split())
"""Bruno -> Brunona: names that have kept their Latin stem."""
SHORT_NIA = frozenset(
    "ania brania frania genia hania irenia jania kania lenia mania renia sonia stenia tania tosia "
    "wania".split()
)
"""Ania -> Ani; all other names in -nia have two i's (Stefania -> Stefanii)."""

IRREGULAR_STEMS = {
    "aleksander": "aleksandr",
    "dąb": "dęb",
    "gołąb": "gołębi",
    "grudzień": "grudni",
    "jasiek": "jaśk",
    "kacper": "kacpr",
    "kasper": "kaspr",
    "kocioł": "kotł",
    "kozioł": "kozł",
    "krzysiek": "krzyśk",
    "kwiecień": "kwietni",
    "maciek": "maćk",
    "orzeł": "orł",
    "stasiek": "staśk",
    "styczeń": "styczni",
    "wrzesień": "wrześni",
    "wróbel": "wróbl",
    "zdzisiek": "zdziśk",
}
VOWELS = "aąeęioóuy"
SOFT = {"ś": "si", "ź": "zi", "ć": "ci", "ń": "ni"}
HARDENED = ("sz", "cz", "rz", "ż", "c", "dz", "dż", "l", "j")
VELAR = ("k", "g", "ch", "h")
SOFTENED = {
    "st": "ści",
    "zd": "ździ",
    "t": "ci",
    "d": "dzi",
    "r": "rz",
    "ł": "l",
    "k": "c",
    "g": "dz",
    "ch": "sz",
    "n": "ni",
    "s": "si",
    "z": "zi",
    "w": "wi",
    "b": "bi",
    "p": "pi",
    "m": "mi",
    "f": "fi",
    "v": "vi",
}
"""What a consonant becomes before -e: Marta -> Marcie, Ryszard -> Ryszardzie."""


def softened(stem: str) -> str | None:
    """The stem before -e; None when its last consonant is not softened so."""
    for length in (2, 1):
        soft = SOFTENED.get(stem[-length:])
        if soft is not None and len(stem) > length - 1:
            return stem[:-length] + soft
    return None


def noun_a(word: str, case: Case, *, short_nia: bool) -> str | None:
    """A noun in -a: Anna, Maria, Kasia, Sikora, Kuba.

    `short_nia` says that -nia has one i in the genitive (Ania -> Ani, Kania -> Kani).
    """
    stem = word[:-1]
    if not stem:
        return None
    if case is Case.ACCUSATIVE:
        return stem + "ę"
    if case is Case.INSTRUMENTAL:
        return stem + "ą"
    if case is Case.VOCATIVE:
        return stem + ("u" if _tender(stem, short_nia=short_nia) else "o")
    genitive = _genitive_a(stem, short_nia=short_nia)
    if case is Case.GENITIVE:
        return genitive
    if stem.endswith(("i", "j", *HARDENED)):
        return genitive
    soft = softened(stem)
    return None if soft is None else soft + "e"


def _tender(stem: str, *, short_nia: bool) -> bool:
    """Whether the vocative is -u: Kasiu, Aniu, Olu, Maju."""
    if stem.endswith(("si", "zi", "ci", "dzi")):
        return True
    if stem.endswith("ni"):
        return short_nia
    short = len(stem) <= 3
    return short and (stem.endswith("l") or (stem.endswith("j") and stem[-2:-1] in VOWELS))


def _genitive_a(stem: str, *, short_nia: bool) -> str:
    if stem.endswith("i"):
        one = stem.endswith(("si", "zi", "ci")) or (short_nia and stem.endswith("ni"))
        return stem if one else stem + "i"
    if stem.endswith("j"):
        return stem[:-1] + "i" if stem[-2:-1] in VOWELS else stem + "i"
    return stem + ("i" if stem.endswith(("k", "g", "l")) else "y")


def consonant_m(word: str, case: Case, *, stem: str | None = None) -> str | None:
    """A man's name that ends in a consonant: Piotr, Marek, Staś, Nowak."""
    base = stem or mobile_stem(word)
    soft = SOFT.get(base[-1])
    if soft:
        base = base[:-1] + soft
    if case in (Case.GENITIVE, Case.ACCUSATIVE):
        return base + "a"
    if case is Case.DATIVE:
        return base + "owi"
    if case is Case.INSTRUMENTAL:
        return base + ("iem" if base.endswith(("k", "g")) else "em")
    if base.endswith(("i", *HARDENED, *VELAR)):
        return base + "u"
    before_e = softened(base)
    return None if before_e is None else before_e + "e"


def mobile_stem(word: str) -> str:
    """The stem without the e that falls out: Tomek -> Tomk, Paweł -> Pawł, Krawiec -> Krawc."""
    if sum(letter in VOWELS for letter in word) < 2:
        return word
    if word.endswith("niec"):
        return word[:-4] + "ńc"
    if word.endswith("iec") and len(word) > 4:
        return word[:-3] + "c"
    if word.endswith("rzec"):
        return word[:-4] + "rc"
    if word.endswith(("ek", "eł", "ec")) and word[-3] != "i":
        return word[:-2] + word[-1]
    return word


def adjective_m(word: str, case: Case) -> str:
    """A man's name that declines like an adjective: Kowalski, Jerzy, Antoni, Batory."""
    if word.endswith("li"):
        stem, high = word[:-1], word[:-1] + "im"
    elif word.endswith("i"):
        stem, high = word, word + "m"
    else:
        stem, high = word[:-1], word + "m"
    return {
        Case.GENITIVE: stem + "ego",
        Case.DATIVE: stem + "emu",
        Case.ACCUSATIVE: stem + "ego",
        Case.INSTRUMENTAL: high,
        Case.VOCATIVE: word,
    }[case]


def adjective_f(word: str, case: Case) -> str:
    """A woman's name that declines like an adjective: Kowalska, Biała."""
    stem = word[:-1]
    oblique = stem + ("iej" if stem.endswith(("k", "g")) else "ej")
    return {
        Case.GENITIVE: oblique,
        Case.DATIVE: oblique,
        Case.ACCUSATIVE: stem + "ą",
        Case.INSTRUMENTAL: stem + "ą",
        Case.VOCATIVE: word,
    }[case]
