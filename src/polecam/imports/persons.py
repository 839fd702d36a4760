"""First and last name out of what people write: titles, capitals, either order; firms too. Pure."""

import re

from polecam.imports.firstnames import looks_first
from polecam.kit import names

TITLES = frozenset(
    "pan pani panna panstwo p sz mgr inz dr hab prof lek med dent wet lic dypl arch mec adw "
    "rad prawn ks mr mrs ms miss dyr prez mba phd jr sr".split()
)
FIRM = re.compile(
    r"\b(?:sp z o ?o|spolka|sp [jkp]|p?phu|p h u|p p h u|fhu|f h u|zuh|gmbh|ltd|inc|llc|s r o|"
    r"fundacja|stowarzyszenie|wspolnota|spoldzielnia|przedsiebiorstwo|zaklad|hurtownia|"
    r"kancelaria|gabinet|biuro|firma|szkola|przedszkole|urzad|gmina|parafia|company|"
    r"foundation|association|corporation|corp|limited)\b|\bs [ac]$"
)
MOST_FIRST, MOST_LAST = 60, 80
APART = re.compile(r"(?<=[^\W\d_])\s+[-–]\s*(?=[^\W\d_])|(?<=[^\W\d_])\s*[-–]\s+(?=[^\W\d_])")


def is_firm(said: str) -> bool:
    """Whether a name says that it is a firm's or an institution's."""
    return FIRM.search(names.fold(said)) is not None


def untitled(said: str) -> str:
    """`mgr inż. Anna Kowalska, MBA` -> `Anna Kowalska`; a title alone stays."""
    words = said.replace(",", ", ").split()
    kept = list(words)
    while len(kept) > 1 and (_is_title(kept[0]) or (kept[0] == "n." and len(kept) < len(words))):
        kept.pop(0)
    while len(kept) > 1 and _is_title(kept[-1]):
        kept.pop()
    return said if len(kept) == len(words) else " ".join(kept).strip(" ,")


def _is_title(word: str) -> bool:
    parts = names.fold(word).split()
    return (
        bool(parts) and parts[0] in TITLES and all(part in TITLES or part == "n" for part in parts)
    )


def split(said: str, *, last_first: bool) -> tuple[str, str]:
    """(first, last) of a full name; `Kowalczyk, Anna` is last name first whatever `last_first`."""
    if is_firm(said):
        return firm(said)
    said = untitled(APART.sub("-", said.strip('"„”“')))
    if said.count(",") == 1:
        last, _, first = (part.strip() for part in said.partition(","))
        return cased(first), cased(last)
    words = said.split()
    if last_first and len(words) > 1:
        at = next((n for n in range(1, len(words)) if looks_first(words[n])), 1)
        return cased(" ".join(words[at:])), cased(" ".join(words[:at]))
    first, last = names.split(said)
    if len(words) > 2 and looks_first(words[0]):
        at = next(
            n for n in range(1, len(words)) if n == len(words) - 1 or not looks_first(words[n])
        )
        first, last = " ".join(words[:at]), " ".join(words[at:])
    return cased(first), cased(last)


def firm(said: str) -> tuple[str, str]:
    """A firm's name whole, as the first name; what exceeds it goes on in the last."""
    if len(said) <= MOST_FIRST:
        return said, ""
    at = said.rfind(" ", 0, MOST_FIRST + 1)
    at = at if at > 0 else MOST_FIRST
    return said[:at], said[at:].strip()


def cased(name: str) -> str:
    """`ANNA` -> `Anna`, `nowak-bąk` -> `Nowak-Bąk`; mixed case is left as written."""
    return name.title() if name.isupper() or name.islower() else name
