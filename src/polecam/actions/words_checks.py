"""What words for an ask must hold to: a way out, a place for the link, nothing private."""

from typing import NamedTuple

from polecam.asking import kinds, private_matters
from polecam.asking.models import AskChannel, Relation
from polecam.asking.words import LANGUAGES, LINK, unknown_place
from polecam.kit.errors import Refused
from polecam.referrals.rules import holds_contact

LONGEST = 240
LONGEST_EXIT = 160


class Place(NamedTuple):
    """What words are for; "" suits any."""

    kind: str = ""
    channel: str = ""
    relation: str = ""


class Said(NamedTuple):
    """A sentence and its exit line, tidied."""

    text: str
    exit_line: str


def require_place(place: Place) -> None:
    """Raise Refused("unknown_moment", "channel_unknown", "relation_unknown")."""
    if place.kind:
        known = kinds.read().get(place.kind)
        if known is None or not known.good:
            raise Refused("unknown_moment", field="kind")
    if place.channel and place.channel not in AskChannel.values:
        raise Refused("channel_unknown", field="channel")
    if place.relation and place.relation not in Relation.values:
        raise Refused("relation_unknown", field="relation")


def checked(text: str, exit_line: str, *, language: str, channel: str, suffix: str = "") -> Said:
    """The two texts with single spaces. `suffix`: of the fields' names in the form.

    Raises Refused("words_missing", "exit_line_missing", "words_too_long", "words_with_contact",
    "words_private", "words_place", "words_link_missing", "words_link_needless",
    "words_language").
    """
    said = Said(" ".join(text.split()), " ".join(exit_line.split()))
    if language not in LANGUAGES:
        raise Refused("words_language")
    _present(said, suffix)
    for field, words in zip(Said._fields, said, strict=True):
        _clean(words, field + suffix)
    if (channel == AskChannel.MESSAGE) != (LINK in said.text):
        code = "words_link_needless" if LINK in said.text else "words_link_missing"
        raise Refused(code, field="text" + suffix)
    return said


def _present(said: Said, suffix: str) -> None:
    if not said.text:
        raise Refused("words_missing", field="text" + suffix)
    if not said.exit_line:
        raise Refused("exit_line_missing", field="exit_line" + suffix)
    if len(said.text) > LONGEST:
        raise Refused("words_too_long", field="text" + suffix, longest=LONGEST)
    if len(said.exit_line) > LONGEST_EXIT:
        raise Refused("words_too_long", field="exit_line" + suffix, longest=LONGEST_EXIT)


def _clean(words: str, field: str) -> None:
    if holds_contact(words):
        raise Refused("words_with_contact", field=field)
    private = private_matters.found(words)
    if private:
        raise Refused("words_private", field=field, word=private)
    place = unknown_place(words)
    if place:
        raise Refused("words_place", field=field, place=place)
