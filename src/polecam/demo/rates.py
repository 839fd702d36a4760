"""How the demo's people behave: believable rates, near the mockups' branch (43, 62, 55, 40%)."""

import random
from datetime import datetime, timedelta

MOMENTS = {
    # kind: (share of all moments, factor on the chance of a yes)
    "praise": (0.20, 1.25),
    "high_rating": (0.22, 1.2),
    "problem_solved": (0.12, 1.1),
    "keys": (0.08, 1.3),
    "saving": (0.08, 1.0),
    "renewal": (0.12, 0.9),
    "also_do": (0.06, 1.0),
    "anniversary": (0.12, 0.8),
}
NEEDS = ("home", "firm", "moving", "car", "saving", "insurance", "other", "")
COMES = {"": 0.8, "asked": 0.74, "told": 0.84, "waits": 0.9}
REMINDED = 0.07
"""Of arranged meetings, by how warm the recommendation was; a reminder before it helps."""
TALKS_HELD = 0.55
BUYS = 0.40
CONSENTS = 0.66
"""Of the friends who were really sent the link; with those who were not, about 62% in all."""
SALE_VALUE_ZL = (40_000, 420_000)
MARGIN_ZL = (1_400, 9_600)
PRAISES = (
    "Dzięki za spokój przy trudnej rozmowie. Uczę się od Ciebie.",
    "Jedno zdanie od Ciebie i naprawdę działa.",
    "Prośba mimo ciężkiego dnia. To jest odwaga, nie wynik.",
    "Dziękuję za te dziesięć minut obok mnie przy pierwszej prośbie.",
    "Spokojna rozmowa, klient wyszedł z uśmiechem.",
    "Dobrze mieć Cię w zespole, zwłaszcza w poniedziałki.",
)


def outcome(rng: random.Random, chance_of_yes: float) -> str:
    """How a client answers; the chance of a yes is split between naming and passing on."""
    draw = rng.random()
    if draw < chance_of_yes * 0.72:
        return "names"
    if draw < chance_of_yes:
        return "pass_on"
    return rng.choices(("declined", "later", "not_asked"), (0.75, 0.2, 0.05))[0]


def later(rng: random.Random, at: datetime, low: timedelta, high: timedelta) -> datetime:
    """An instant between `low` and `high` after `at`."""
    return at + low + (high - low) * rng.random()


def moment_kind(rng: random.Random) -> str:
    """A kind of moment, by its share."""
    return rng.choices(list(MOMENTS), [share for share, _ in MOMENTS.values()])[0]


DECISIONS = {
    True: "Klient nie dostał pełnej informacji o opłatach.",
    False: "Rozmowa była prowadzona prawidłowo, klient przyjął wyjaśnienie.",
}
"""Words of the boss's decision on a complaint, by whether it was upheld."""
