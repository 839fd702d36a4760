"""What a firm may write into its own kinds of moments. Pure."""

import re
from dataclasses import dataclass

from polecam.kit.errors import Refused
from polecam.kit.names import fold

LONGEST_TITLE = 80
LONGEST_SENTENCE = 200
MOST_DAYS = 365
CAUSES = re.compile(
    r"\b(?:smierc|zgon|zmarl|umarl|pogrzeb|zalob|nekrolog|chorob|chory|chora|szpital|nowotwor|"
    r"rak\b|operacj|diagnoz|depresj|ciaz|porod|poronien|rozwod|wdow|niepelnosprawn|"
    r"death|died|dead\b|funeral|bereave|mourn|illness|ill\b|sick|disease|hospital|cancer|surgery|"
    r"diagnos|depress|pregnan|miscarr|divorce|widow|disab)"
)
"""Stems, folded, of what is never a kind: it is "not now until a date", without a cause."""
BRACKETS = re.compile(r"\[[^\[\]|]*\|[^\[\]|]*(?:\|[^\[\]|]*)?\]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind as somebody wants it. `days` None: a wrong one lasts until somebody closes it."""

    title_pl: str
    title_en: str
    sentence_pl: str = ""
    sentence_en: str = ""
    strength: int = 3
    days: int | None = None
    used: bool = True


def checked(wanted: Wanted, *, good: bool) -> Wanted:
    """The same with tidy texts.

    Raises Refused: "moment_title", "moment_sentence", "moment_strength", "moment_days",
    "cause_not_kept".
    """
    texts = {
        name: " ".join(getattr(wanted, name).split())
        for name in ("title_pl", "title_en", "sentence_pl", "sentence_en")
    }
    for name, text in texts.items():
        _check_text(name, text)
    if not 1 <= wanted.strength <= 5:
        raise Refused("moment_strength", field="strength")
    if wanted.days is None and good:
        raise Refused("moment_days", field="days")
    if wanted.days is not None and not 1 <= wanted.days <= MOST_DAYS:
        raise Refused("moment_days", field="days")
    return Wanted(**texts, strength=wanted.strength, days=wanted.days, used=wanted.used)


def _check_text(name: str, text: str) -> None:
    title = name.startswith("title")
    if title and not 2 <= len(text) <= LONGEST_TITLE:
        raise Refused("moment_title", field=name)
    plain = BRACKETS.sub("", text).replace("{when}", "").replace("{rating}", "")
    if len(text) > LONGEST_SENTENCE or set(plain) & set("[]{}"):
        raise Refused("moment_sentence", field=name)
    if CAUSES.search(fold(text)):
        raise Refused("cause_not_kept", field=name)
