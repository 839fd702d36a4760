"""A small world for the pages: clients with moments, as in the mockup."""

from datetime import timedelta

from polecam.asking import words
from polecam.asking.models import Moment
from polecam.kit.periods import day_of
from tests.cast import client

ZONE = "Europe/Warsaw"
DAY = timedelta(days=1)
PEOPLE = (
    ("Anna", "Kowalczyk", "keys", 1, {}),
    ("Ryszard", "Górski", "problem_solved", 0, {}),
    ("Monika", "Lech", "praise", 3, {"note": "podziękowała mailem"}),
    ("Jakub", "Malec", "anniversary", 0, {}),
    ("Barbara", "Sikora", "high_rating", 2, {"rating": 10}),
    ("Zofia", "Bąk", "renewal", 9, {}),
)


def plant(branch, marta, at, first=None):
    """Six clients of Marta's with a fresh moment each; `first` stands for the first one."""
    words.install(at)
    made = []
    for number, (name, last, kind, days, more) in enumerate(PEOPLE):
        who = first if first and number == 0 else client(branch, marta, name, last, at=at)
        Moment.objects.create(
            client=who, kind=kind, on=day_of(at, ZONE) - days * DAY, noted_at=at, **more
        )
        made.append(who)
    Moment.objects.create(
        client=made[0], kind="high_rating", rating=10, on=day_of(at, ZONE) - DAY, noted_at=at
    )
    return made
