"""Verbs by the speaker's own grammatical form: Zapytałam, Zapytałem, or words that need none.

`say("asked", person)` speaks for the person, `you("asked", person)` to the person, `they(...)`
about them. English is the same for all, so each msgid stands in three contexts. „Zapytałeś/aś" is
never written.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import pgettext

WOMAN, MAN, PERSON = "said by a woman", "said by a man", "said by a person"
TO_WOMAN, TO_MAN, TO_PERSON = "said to a woman", "said to a man", "said to a person"
OF_WOMAN, OF_MAN, OF_PERSON = "said of a woman", "said of a man", "said of a person"

Words = Callable[[str], str]
"""A context -> the words in the reader's language."""


def _asked(context: str) -> str:
    return {
        WOMAN: pgettext("said by a woman", "I asked"),
        MAN: pgettext("said by a man", "I asked"),
        PERSON: pgettext("said by a person", "I asked"),
        TO_WOMAN: pgettext("said to a woman", "You asked"),
        TO_MAN: pgettext("said to a man", "You asked"),
        TO_PERSON: pgettext("said to a person", "You asked"),
        OF_WOMAN: pgettext("said of a woman", "asked"),
        OF_MAN: pgettext("said of a man", "asked"),
        OF_PERSON: pgettext("said of a person", "asked"),
    }[context]


def _shared(context: str) -> str:
    return {
        WOMAN: pgettext("said by a woman", "I passed it on"),
        MAN: pgettext("said by a man", "I passed it on"),
        PERSON: pgettext("said by a person", "I passed it on"),
        TO_WOMAN: pgettext("said to a woman", "You passed it on"),
        TO_MAN: pgettext("said to a man", "You passed it on"),
        TO_PERSON: pgettext("said to a person", "You passed it on"),
        OF_WOMAN: pgettext("said of a woman", "passed it on"),
        OF_MAN: pgettext("said of a man", "passed it on"),
        OF_PERSON: pgettext("said of a person", "passed it on"),
    }[context]


def _called(context: str) -> str:
    return {
        WOMAN: pgettext("said by a woman", "I called"),
        MAN: pgettext("said by a man", "I called"),
        PERSON: pgettext("said by a person", "I called"),
        TO_WOMAN: pgettext("said to a woman", "You called"),
        TO_MAN: pgettext("said to a man", "You called"),
        TO_PERSON: pgettext("said to a person", "You called"),
        OF_WOMAN: pgettext("said of a woman", "called"),
        OF_MAN: pgettext("said of a man", "called"),
        OF_PERSON: pgettext("said of a person", "called"),
    }[context]


def _met(context: str) -> str:
    return {
        WOMAN: pgettext("said by a woman", "We met"),
        MAN: pgettext("said by a man", "We met"),
        PERSON: pgettext("said by a person", "We met"),
        TO_WOMAN: pgettext("said to a woman", "You met"),
        TO_MAN: pgettext("said to a man", "You met"),
        TO_PERSON: pgettext("said to a person", "You met"),
        OF_WOMAN: pgettext("said of a woman", "met"),
        OF_MAN: pgettext("said of a man", "met"),
        OF_PERSON: pgettext("said of a person", "met"),
    }[context]


def _sold(context: str) -> str:
    return {
        WOMAN: pgettext("said by a woman", "I made the sale"),
        MAN: pgettext("said by a man", "I made the sale"),
        PERSON: pgettext("said by a person", "I made the sale"),
        TO_WOMAN: pgettext("said to a woman", "You made the sale"),
        TO_MAN: pgettext("said to a man", "You made the sale"),
        TO_PERSON: pgettext("said to a person", "You made the sale"),
        OF_WOMAN: pgettext("said of a woman", "made the sale"),
        OF_MAN: pgettext("said of a man", "made the sale"),
        OF_PERSON: pgettext("said of a person", "made the sale"),
    }[context]


def _refrained(context: str) -> str:
    return {
        WOMAN: pgettext("said by a woman", "I decided not to ask"),
        MAN: pgettext("said by a man", "I decided not to ask"),
        PERSON: pgettext("said by a person", "I decided not to ask"),
        TO_WOMAN: pgettext("said to a woman", "You decided not to ask"),
        TO_MAN: pgettext("said to a man", "You decided not to ask"),
        TO_PERSON: pgettext("said to a person", "You decided not to ask"),
        OF_WOMAN: pgettext("said of a woman", "decided not to ask"),
        OF_MAN: pgettext("said of a man", "decided not to ask"),
        OF_PERSON: pgettext("said of a person", "decided not to ask"),
    }[context]


def _recorded(context: str) -> str:
    return {
        WOMAN: pgettext("said by a woman", "I recorded"),
        MAN: pgettext("said by a man", "I recorded"),
        PERSON: pgettext("said by a person", "I recorded"),
        TO_WOMAN: pgettext("said to a woman", "You recorded"),
        TO_MAN: pgettext("said to a man", "You recorded"),
        TO_PERSON: pgettext("said to a person", "You recorded"),
        OF_WOMAN: pgettext("said of a woman", "recorded"),
        OF_MAN: pgettext("said of a man", "recorded"),
        OF_PERSON: pgettext("said of a person", "recorded"),
    }[context]


WORDS: dict[str, Words] = {
    "asked": _asked,
    "passed_on": _shared,
    "called": _called,
    "met": _met,
    "sold": _sold,
    "refrained": _refrained,
    "recorded": _recorded,
}


def form_of(person: Any) -> str:
    """`f`, `m` or `n`, of a Person or a form itself."""
    form = person if isinstance(person, str) else getattr(person, "form", "n")
    return form if form in ("f", "m") else "n"


def pick(person: Any, woman: str, man: str, neutral: str) -> str:
    """One of three ready texts, for words that are not in WORDS."""
    return {"f": woman, "m": man, "n": neutral}[form_of(person)]


def say(word: str, person: Any) -> str:
    """What the person says of themselves: `Zapytałam`."""
    return WORDS[word](pick(person, WOMAN, MAN, PERSON))


def you(word: str, person: Any) -> str:
    """What the app says to the person: `Zapytałaś`; neutral `Prośba za Tobą`."""
    return WORDS[word](pick(person, TO_WOMAN, TO_MAN, TO_PERSON))


def they(word: str, person: Any) -> str:
    """What is said of the person to somebody else: `zapytała`."""
    return WORDS[word](pick(person, OF_WOMAN, OF_MAN, OF_PERSON))
