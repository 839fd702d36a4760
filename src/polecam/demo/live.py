"""`polecam demo`: half a year of one branch, lived through day by day, up to now."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from polecam.demo import (
    cards,
    contested,
    doubtful,
    found,
    giving,
    guessing,
    handing,
    hours,
    law,
    mailing,
    paydays,
    planning,
    present,
    satisfaction,
    telling,
    thanking,
)
from polecam.demo.agenda import Agenda
from polecam.demo.people import ADMIN, BOSS, SELLERS
from polecam.demo.story import Seller, Story
from polecam.kit.errors import Refused
from polecam.store.clock import injected

DAYS = 182
ROOTS_KEPT = 5
"""For so many days some of the branch have had the roots mailed to them."""
ZONE = ZoneInfo("Europe/Warsaw")
Drain = Callable[..., int]


def live(*, seed: int, drain: Drain, say: Callable[[str], object]) -> None:
    """Fill an empty database flagged demo: found the branch, live `DAYS` days, set the present.

    `drain(at, daily=True)` lets the worker do its part each night. Same seed, same story (its
    dates end today).
    """
    rng = random.Random(seed)  # noqa: S311 - a story, not a secret
    now = datetime.now(UTC).replace(microsecond=0)
    today = now.astimezone(ZONE).date()
    start = today - timedelta(days=DAYS)
    with injected():
        say("Oddział Podgórze: 12 sellers, a boss who asks too, 3,000 clients ...")
        world = found.found(rng, at=_morning(start) - timedelta(hours=2))
        giving.engage(world, at=_morning(start))
        planning.begin(world, at=_morning(start) - timedelta(hours=1))
        sellers = [
            Seller(world.people[ways.first], ways, world.portfolios[ways.first])
            for ways in (*SELLERS, BOSS)
        ]
        agenda = Agenda(forgive=(Refused,))
        story = Story(rng, agenda, world.people[BOSS.first], world.people[ADMIN.first], sellers)
        for ahead in range(DAYS):
            day = start + timedelta(days=ahead)
            if ahead % 30 == 0:
                say(f"  {day:%B %Y} ...")
            if DAYS - ahead == ROOTS_KEPT:
                present.keep_roots(world, at=_morning(day))
            planning.day(world, past=ahead, ahead=DAYS - ahead, at=_morning(day))
            story.saying.day(world, past=ahead, ahead=DAYS - ahead, at=_morning(day))
            giving.day(world, past=ahead, ahead=DAYS - ahead, at=_morning(day))
            guessing.day(world, ahead=DAYS - ahead, at=_morning(day) + timedelta(hours=1))
            satisfaction.day(world, ahead=DAYS - ahead, at=_morning(day))
            thanking.day(world, ahead=DAYS - ahead, at=_morning(day))
            paydays.day(world, on=day, today=today, at=_morning(day))
            if day.weekday() < 5:
                story.plan_day(day, _morning(day), quiet=world.quiet)
                if DAYS - ahead <= hours.DAYS:
                    hours.plan_day(world, agenda, day, _morning(day))
            night = _morning(day + timedelta(days=1)) - timedelta(hours=7, minutes=30)
            agenda.live(until=min(night, now))
            if night < now:
                drain(night, daily=True)
        agenda.live(until=now)
        hours.tell_incomes(world, at=now)
        present.present(world, at=now)
        telling.telling(world, at=now)
        cards.cards(world, at=now)
        satisfaction.today(world, at=now)
        contested.contested(world, at=now)
        law.desk(world, at=now)
        doubtful.doubtful(world, at=now)
        handing.skilled(world, at=now)
        handing.offer(world, at=now)
        mailing.looked_after(world, at=now)
        drain(now, daily=False)
    say("Done: everything above went through the same actions as real life.")


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), ZONE).astimezone(UTC)
