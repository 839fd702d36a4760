"""Polish grammar of names: cases, the guess of a form, Pani and Pan. Pure, no dictionary lookups.

Works by endings, with the exceptions that a branch meets. It is honest: `decline` answers None for
a name it cannot be sure of, `from_whom` then writes „od: Nicole". Forms: `f`, `m` (people.Form);
anything else means "not said" and is guessed from the first name.
"""

from polecam.kit.polish_endings import (
    ADJECTIVAL_FEMININE,
    ADJECTIVAL_MASCULINE,
    FEMININE_NAMES,
    IRREGULAR_STEMS,
    LATIN_O,
    MASCULINE_A,
    SHORT_NIA,
    Case,
    adjective_f,
    adjective_m,
    consonant_m,
    noun_a,
)

VOWELS = "aąeęioóuy"
LETTERS = set("aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż")
UNSURE_ENDINGS = tuple("exqvuéèáà")


def guess_form(first_name: str) -> str | None:
    """`f` or `m` from a first name (`Kuba` -> m, `Noemi` -> f); None when it cannot be told."""
    name = _first_word(first_name)
    if not name:
        return None
    if name in FEMININE_NAMES:
        return "f"
    if name in MASCULINE_A:
        return "m"
    if name.endswith("a"):
        return "f"
    return None if name.endswith(UNSURE_ENDINGS) else "m"


def vocative(first_name: str, form: str | None = None) -> str:
    """`Marta` -> `Marto`, `Tomek` -> `Tomku`; a name it does not know stays as it is."""
    return decline(first_name, Case.VOCATIVE, form) or first_name


def genitive(name: str, form: str | None = None) -> str:
    """`Anna Kowalczyk` -> `Anny Kowalczyk`, after „od", „dla", „do"; else unchanged."""
    return decline(name, Case.GENITIVE, form) or name


def dative(name: str, form: str | None = None) -> str:
    """`Piotr` -> `Piotrowi`, after „dziękuję", „pomóż"; else unchanged."""
    return decline(name, Case.DATIVE, form) or name


def accusative(name: str, form: str | None = None) -> str:
    """`Anna` -> `Annę`, after „zapytaj", „poleca"; else unchanged."""
    return decline(name, Case.ACCUSATIVE, form) or name


def instrumental(name: str, form: str | None = None) -> str:
    """`Kamil` -> `Kamilem`, after „z"; else unchanged."""
    return decline(name, Case.INSTRUMENTAL, form) or name


def from_whom(name: str, form: str | None = None) -> str:
    """`od Anny Kowalczyk`; `od: Nicole Wu` when the case is not sure."""
    declined = decline(name, Case.GENITIVE, form)
    return f"od {declined}" if declined else f"od: {name}"


def for_whom(name: str, form: str | None = None) -> str:
    """`dla Piotra`; `dla: Nicole` when the case is not sure."""
    declined = decline(name, Case.GENITIVE, form)
    return f"dla {declined}" if declined else f"dla: {name}"


POLITE = {
    "f": dict(zip(Case, ("Pani", "Pani", "Panią", "Panią", "Pani"), strict=True)),
    "m": dict(zip(Case, ("Pana", "Panu", "Pana", "Panem", "Panie"), strict=True)),
}


def polite(form: str | None, case: Case | None = None) -> str:
    """`Pani`, `Pan` in a case (None: nominative); `Pani/Pan` when the form is not said."""
    if form not in POLITE:
        both = (polite("f", case), polite("m", case))
        return "/".join(both)
    if case is None:
        return "Pani" if form == "f" else "Pan"
    return POLITE[form][case]


def spoken_to(text: str, form: str | None) -> str:
    """`To Pani/Pana karta` -> `To Pani karta`; both stay where the form is not said."""
    if form not in POLITE:
        return text
    both = {polite(None, case): polite(form, case) for case in (None, *Case)}
    for written in sorted(both, key=len, reverse=True):
        text = text.replace(written, both[written])
    return text


def address(first_name: str, form: str | None = None) -> str:
    """How one speaks to a client: `Pani Anno`, `Panie Piotrze`; `Dzień dobry` needs no name."""
    known = form if form in POLITE else guess_form(first_name)
    return f"{polite(known, Case.VOCATIVE)} {vocative(first_name, known)}"


def decline(name: str, case: Case, form: str | None = None) -> str | None:
    """A first name, or first and last name, in a case; None when it is not sure.

    The vocative leaves the last name as it is: „Panie Janie", never „Panie Nowaku".
    """
    words = name.split()
    if not words:
        return None
    known = form if form in POLITE else guess_form(words[0]) or _form_of_last(words)
    if known is None:
        return None
    done = []
    for i, word in enumerate(words):
        last = len(words) > 1 and i == len(words) - 1
        if last and case is Case.VOCATIVE:
            done.append(word)
            continue
        parts = [_word(part, case, known, last=last) for part in word.split("-")]
        if any(part is None for part in parts):
            return None
        done.append("-".join(part for part in parts if part is not None))
    return " ".join(done)


def _first_word(name: str) -> str:
    return (name or "").strip().split(" ")[0].lower()


def _form_of_last(words: list[str]) -> str | None:
    """The form that a last name gives away."""
    last = words[-1].lower() if len(words) > 1 else ""
    if last.endswith(("ska", "cka", "dzka")):
        return "f"
    return "m" if last.endswith(("ski", "cki", "dzki")) else None


def _word(word: str, case: Case, form: str, *, last: bool) -> str | None:
    low = word.lower()
    if not low or not set(low) <= LETTERS | set("äöüßčšžřýíáéëç"):
        return None
    declined = _last(low, case, form) if last else _first(low, case, form)
    if declined is None:
        return None
    return declined[:1].upper() + declined[1:] if word[:1].isupper() else declined


def _first(low: str, case: Case, form: str) -> str | None:
    if form == "f":
        if not low.endswith("a"):
            return low if low in FEMININE_NAMES else None
        return noun_a(low, case, short_nia=low in SHORT_NIA)
    if low in ADJECTIVAL_MASCULINE:
        return adjective_m(low, case)
    if low.endswith("a"):
        return noun_a(low, case, short_nia=True)
    if low in LATIN_O:
        return low if case is Case.VOCATIVE else consonant_m(low + "n", case)
    if low.endswith(("ko", "cho")):
        return low if case is Case.VOCATIVE else consonant_m(low[:-1], case)
    if low[-1] in VOWELS or low.endswith(UNSURE_ENDINGS):
        return None
    return consonant_m(low, case, stem=IRREGULAR_STEMS.get(low))


def _last(low: str, case: Case, form: str) -> str | None:
    if form == "f":
        if not low.endswith("a"):
            return low
        if low.endswith(("ska", "cka", "dzka")) or low in ADJECTIVAL_FEMININE:
            return adjective_f(low, case)
        return noun_a(low, case, short_nia=True)
    if low.endswith("a"):
        return noun_a(low, case, short_nia=True)
    if low.endswith(("i", "y")):
        return adjective_m(low, case)
    if low.endswith(("ko", "ło")):
        return noun_a(low[:-1] + "a", case, short_nia=True)
    if low[-1] in VOWELS or low.endswith(UNSURE_ENDINGS):
        return None
    return consonant_m(low, case, stem=IRREGULAR_STEMS.get(low))
