"""How the demo learns of moments: systems tell, dates come due, the admin has her own kind."""

from datetime import datetime, timedelta

from polecam.actions import date_moments, inlets, moment_types, moments
from polecam.asking.inlet_rules import Told
from polecam.asking.models import DateRule
from polecam.asking.named import Wanted
from polecam.clients.models import Client
from polecam.demo.found import World
from polecam.demo.people import ADMIN, BOSS
from polecam.kit.periods import day_of
from polecam.organisation import settings

BY_DATE = ("first_year", "review_due")
TOLD = ("loan_disbursed", "account_moved", "problem_solved")
UNKNOWN = "P999999"


def telling(world: World, *, at: datetime) -> None:
    """The catalogue, the inlets and the dates as of `at`; and praise beside an open complaint."""
    admin = world.people[ADMIN.first]
    moment_types.add(by=admin, at=at, good=True, wanted=_own())
    _inlets(world, at=at)
    for rule in DateRule.objects.filter(kind__in=BY_DATE):
        date_moments.change_rule(
            by=admin, at=at, rule=rule, offset_days=rule.offset_days, used=True
        )
    date_moments.note_due(at=at)
    _praise_and_complaint(world, at=at)


def _own() -> Wanted:
    return Wanted(
        title_pl="Wizyta na dniu otwartym",
        title_en="Came to the open day",
        sentence_pl="{when} [była|był|wizyta] na dniu otwartym",
        sentence_en="{when}: came to the open day",
        strength=3,
        days=10,
    )


def _inlets(world: World, *, at: datetime) -> None:
    admin = world.people[ADMIN.first]
    credit, _secret = inlets.make(
        by=admin, at=at, kind="webhook", name="System kredytowy", branch=None
    )
    inlets.make(by=admin, at=at, kind="email", name="Skrzynka serwisu", branch=world.branch)
    numbers = [client.number for client in _quiet(world, "Kamil")[: len(TOLD)]]
    for count, (number, kind) in enumerate(
        zip([*numbers, UNKNOWN], [*TOLD, "praise"], strict=True)
    ):
        told = Told(f"demo-{count}", number, kind, day_of(at, settings.zone()))
        inlets.hear(at=at, inlet=credit, told=told)


def _praise_and_complaint(world: World, *, at: datetime) -> None:
    """One of Marta's clients praised her; the boss noted a complaint of the same client."""
    client = _quiet(world, "Marta")[0]
    today = day_of(at, settings.zone())
    moments.note_moment(
        by=world.people["Marta"], at=at, client=client, kind="praise", on=today - timedelta(days=2)
    )
    boss = world.people[BOSS.first]
    moments.note_moment(by=boss, at=at, client=client, kind="complaint", on=today)


def _quiet(world: World, seller: str) -> list[Client]:
    """Clients of a seller whom nobody asked in the last half year, by id."""
    rows = Client.objects.filter(
        owner=world.people[seller], last_asked_at=None, never_ask_at=None, resting_until=None
    ).exclude(pk__in=world.quiet)
    return list(rows.order_by("id")[:10])
