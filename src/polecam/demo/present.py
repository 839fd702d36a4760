"""The present of the demo: what Marta finds on the page Today, and a friend who holds a link."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from polecam.actions import asks, invitations, moments, referrals, roots
from polecam.clients.models import Client
from polecam.demo.found import World
from polecam.demo.people import BOSS

ZONE = ZoneInfo("Europe/Warsaw")
TODAY = (
    # surname, moment, days ago, rating, hour of today's appointment
    ("Kowalczyk", "keys", 1, None, 14),
    ("Kowalczyk", "high_rating", 1, 10, None),
    ("Górski", "renewal", 0, None, 16),
    ("Lech", "problem_solved", 3, None, None),
    ("Malec", "anniversary", 0, None, None),
    ("Sikora", "praise", 2, None, None),
)


def present(world: World, *, at: datetime) -> None:
    """Good moments of Marta's clients, and Halina Wilk's invitation for Piotr, as of `at`."""
    marta = world.people["Marta"]
    today = at.astimezone(ZONE).date()
    for surname, kind, days_ago, rating, hour in TODAY:
        moments.note_moment(
            by=marta,
            at=at,
            client=world.known[surname],
            kind=kind,
            on=today - timedelta(days=days_ago),
            rating=rating,
            appointment_at=datetime.combine(today, time(hour, 30), ZONE) if hour else None,
        )
    _moment_of_the_boss(world, at)
    halina = world.known["Wilk"]
    ask = asks.record(by=marta, at=at, client=halina, key="demo-halina")
    piotr = referrals.capture(
        by=marta,
        at=at,
        client=halina,
        first_name="Piotr",
        need="home",
        ask=ask,
        key="demo-piotr",
        kind="asked",
    )
    if piotr.invitation:
        invitations.take(invitation=piotr.invitation, at=at)


def keep_roots(world: World, *, at: datetime) -> None:
    """Marta and the boss have each day's root mailed to them."""
    for name in ("Marta", BOSS.first):
        roots.keep(by=world.people[name], at=at)


def _moment_of_the_boss(world: World, at: datetime) -> None:
    """The boss goes first: a client of his own, not asked lately, stayed for another year."""
    own = Client.objects.filter(owner=world.people[BOSS.first], last_asked_at=None)
    today = at.astimezone(ZONE).date()
    moments.note_moment(
        by=world.people[BOSS.first], at=at, client=own.earliest("id"), kind="renewal", on=today
    )
