"""Some of the branch note where their time goes: a tap here, the timer there, incomes told."""

import random
from datetime import date, datetime, timedelta
from functools import partial

from polecam.actions import effort
from polecam.demo.agenda import Agenda
from polecam.demo.found import World
from polecam.effort.models import Source
from polecam.effort.queries import entries
from polecam.people.models import Person

DAYS = 70
"""For so many days."""
NOTES = {"Marta": 0.75, "Kamil": 0.4, "Natalia": 0.55, "Tomasz": 0.3}
"""Who notes time, and on what part of their days."""
TIMES = (
    # source, how often on such a day, minutes, how often it felt easy
    (Source.REFERRAL, 0.4, (5, 15, 15, 30), 0.8),
    (Source.WALK_IN, 0.6, (30, 60, 60), 0.6),
    (Source.ADVERT, 0.3, (30, 60), 0.5),
    (Source.COLD_CALL, 0.35, (30, 60), 0.15),
)
HOUR_GROSZE = {Source.WALK_IN: 4_600, Source.ADVERT: 3_800, Source.COLD_CALL: 2_100}
MINUTE = timedelta(minutes=1)


def plan_day(world: World, agenda: Agenda, day: date, morning: datetime) -> None:
    """What is noted on a working day; dice of its own, so that the rest of the story stays."""
    rng = random.Random(f"hours-{day.toordinal()}")  # noqa: S311 - a story, not a secret
    for name, often in NOTES.items():
        person = world.people[name]
        if rng.random() > often:
            continue
        at = morning + rng.randrange(60, 120) * MINUTE
        for source, chance, minutes, easy in TIMES:
            if rng.random() > chance:
                continue
            felt = "easy" if rng.random() < easy else "hard"
            spent = rng.choice(minutes)
            if source == Source.REFERRAL and rng.random() < 0.5:
                agenda.plan(at, partial(_measure, agenda, person, source, spent, felt))
            else:
                agenda.plan(at, partial(_tap, person, source, spent, felt))
            at += (spent + rng.randrange(5, 60)) * MINUTE


def tell_incomes(world: World, *, at: datetime) -> None:
    """What the other sources earned, told as of `at` for each month with time in it."""
    for name in NOTES:
        person = world.people[name]
        effort.drop_timer(by=person, at=at)  # one that would run for as long as the demo stands
        minutes: dict[tuple[str, str], int] = {}
        for entry in entries(person):
            if entry.source != Source.REFERRAL:
                key = (entry.source, f"{entry.day:%Y-%m}")
                minutes[key] = minutes.get(key, 0) + entry.minutes
        for (source, month), spent in sorted(minutes.items()):
            amount = spent * HOUR_GROSZE[Source(source)] // 60 // 1_000 * 1_000
            effort.tell_income(by=person, at=at, source=source, month=month, amount_grosze=amount)


def _tap(person: Person, source: str, minutes: int, felt: str, at: datetime) -> None:
    effort.log_time(by=person, at=at, source=source, minutes=minutes, effort=felt)


def _measure(
    agenda: Agenda, person: Person, source: str, minutes: int, felt: str, at: datetime
) -> None:
    effort.start_timer(by=person, at=at, source=source)
    agenda.plan(at + (minutes + 2) * MINUTE, partial(_stop, person, felt))


def _stop(person: Person, felt: str, at: datetime) -> None:
    effort.stop_timer(by=person, at=at, effort=felt)
