"""What the house's words are made of, and their exit lines."""

from typing import NamedTuple


class Words(NamedTuple):
    """One sentence in both languages; an empty kind, channel or relation suits any."""

    code: str
    version: int
    kind: str
    pl: str
    pl_exit: str
    en: str
    en_exit: str
    channel: str = ""
    relation: str = ""


EASY_PL = "Można śmiało odmówić, nic się nie zmieni."
EASY_EN = "It is perfectly fine to say no."
NO_NUMBER_PL = "Proszę nie podawać mi numeru, wystarczy przekazać link. Albo nie, i też dobrze."
NO_NUMBER_EN = "No number, please: a link to pass on is enough. Or not, and that is fine too."
NO_HURRY_PL = "Nie musi to być teraz i nie musi to być nikt."
NO_HURRY_EN = "It need not be now, and it need not be anyone."
BETWEEN_US_PL = "Jeśli nikt nie przychodzi na myśl, to żaden kłopot."
BETWEEN_US_EN = "If nobody comes to mind, no trouble at all."

Exit = tuple[str, str]
"""How the client may say no, in Polish and in English."""

EASY: Exit = (EASY_PL, EASY_EN)
NO_NUMBER: Exit = (NO_NUMBER_PL, NO_NUMBER_EN)
NO_HURRY: Exit = (NO_HURRY_PL, NO_HURRY_EN)
BETWEEN_US: Exit = (BETWEEN_US_PL, BETWEEN_US_EN)
SILENCE: Exit = (
    "Brak odpowiedzi też jest odpowiedzią i niczego nie zmienia.",
    "No answer is an answer too, and it changes nothing.",
)
ONCE: Exit = (
    "Jeśli to nie pora, nie wrócę do tego.",
    "If this is not the time, I will not bring it up again.",
)


def words(
    code: str, kind: str, pl: str, en: str, way_out: Exit, channel: str = "", relation: str = ""
) -> Words:
    """A sentence in its first version."""
    return Words(code, 1, kind, pl, way_out[0], en, way_out[1], channel, relation)
