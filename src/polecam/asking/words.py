"""Words to say: the house's, installed as versioned rows, and how a sentence gets its names."""

import re
from datetime import datetime

from polecam.asking.house_words import HOUSE, Words
from polecam.asking.models import Script
from polecam.kit import polish
from polecam.kit.polish_endings import Case

LANGUAGES = ("pl", "en")
ADDRESS = "{address}, "
LINK = "{link}"
PLACES = ("{address}", "{pronoun}", "{whose}", "{to_whom}", LINK)
PLACE = re.compile(r"\{[^{}]*\}?|\}")
WHERE_LINK = {"pl": "(tu będzie link)", "en": "(the link goes here)"}
"""What stands in a message while there is no link yet."""
ENGLISH = {"{pronoun}": "you", "{whose}": "your", "{to_whom}": "you"}


def install(at: datetime) -> int:
    """Make the house's words rows of Script; returns how many were new.

    Call inside an action's transaction; repeating it changes nothing. A new version of a code
    retires the older ones, which stay for the asks that used them. What the firm changed or put
    away stays as the firm wants it.
    """
    rows = Script.objects.filter(seller=None)
    known = set(rows.values_list("code", "version", "language"))
    theirs = set(rows.exclude(changed_by=None).values_list("code", flat=True))
    new = [
        _row(words, language, at)
        for words in HOUSE
        for language in LANGUAGES
        if words.code not in theirs and (words.code, words.version, language) not in known
    ]
    for script in new:
        Script.objects.filter(
            seller=None, code=script.code, language=script.language, retired_at=None
        ).update(retired_at=at)
    Script.objects.bulk_create(new)
    return len(new)


def _row(words: Words, language: str, at: datetime) -> Script:
    text, exit_line = (words.pl, words.pl_exit) if language == "pl" else (words.en, words.en_exit)
    return Script(
        code=words.code,
        version=words.version,
        language=language,
        moment_kind=words.kind,
        channel=words.channel,
        relation=words.relation,
        text=text,
        exit_line=exit_line,
        created_at=at,
    )


def unknown_place(text: str) -> str:
    """The first place in braces that nothing fills; "" when all are known."""
    return next((place for place in PLACE.findall(text) if place not in PLACES), "")


def filled(text: str, *, first_name: str, form: str, language: str, link: str = "") -> str:
    """A sentence for one client: `Pani Anno, kto z Pani bliskich ...`.

    Without a known form (people.Form "n" and a name that gives nothing away) the address is left
    out and both forms stand: `Kto z Pani/Pana bliskich ...`. English uses the first name. Without
    a link its place says that it will stand there.
    """
    text = text.replace(LINK, link or WHERE_LINK["pl" if language == "pl" else "en"])
    if language != "pl":
        if not first_name:
            text = _without_address(text)
        for place, value in ENGLISH.items():
            text = text.replace(place, value)
        return text.replace("{address}", first_name or "")
    known = form if form in polish.POLITE else polish.guess_form(first_name)
    if known is None or not first_name:
        text = _without_address(text)
    values = (
        polish.address(first_name, known) if first_name else "",
        polish.polite(known),
        polish.polite(known, Case.GENITIVE),
        polish.polite(known, Case.DATIVE),
    )
    for place, value in zip(PLACES, values, strict=False):
        text = text.replace(place, value)
    return text


def _without_address(text: str) -> str:
    if not text.startswith(ADDRESS):
        return text
    rest = text.removeprefix(ADDRESS)
    return rest[:1].upper() + rest[1:]
