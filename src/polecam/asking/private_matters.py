"""Health and family have no place in words for an ask (domain.md, "Need"). Pure.

A list of stems, not a judgement: it catches what must not stand in words or prompts, and says so
before anybody reads them. "Close to you" and "people around you" are fine.
"""

import re

STEMS: dict[str, tuple[str, ...]] = {
    "pl": (
        "zdrow", "chor(?!ąg)", "szpital", "lekarz", "lecz(en|y|ą)", "diagnoz", "operacj", "ciąż",
        "niepełnospraw", "rodzin", "żon", "mąż", r"męż(a|em|owi)\b", "dziec",
        r"syn(a|em|owi|ów)?\b", "córk", "córec", "matk", "ojciec", r"ojc(a|em|u)\b", "siostr",
        r"brat(a|em|u|owi)?\b",
        "rodzic", "teści", "teściow", "rozwod", "rozwód", "śmier", "zmar", "żałob", "pogrzeb",
        "ślub", "wesel", "narodzin", "urodził",
    ),
    "en": (
        "health", r"ill(ness)?\b", "sick", "hospital", "doctor", "diagnos", "surger", "pregnan",
        "disab", "famil", "wife", "wives", "husband", "child", r"sons?\b", "daughter", "mother",
        "father", "sister", "brother", "parent", "divorc", "death", r"died\b", "funeral", "wedding",
        "birth",
    ),
}  # fmt: skip
PATTERNS = {
    language: re.compile(rf"\b(?:{'|'.join(stems)})\w*", re.IGNORECASE)
    for language, stems in STEMS.items()
}


def found(text: str) -> str:
    """The first word about health or family, in either language; "" when there is none."""
    for pattern in PATTERNS.values():
        match = pattern.search(text)
        if match:
            return match.group()
    return ""
