"""How the demo's branch begins: the firm, its people, its plan, its clients."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from polecam.actions import clients, parameters, people, recognition, setup
from polecam.clients.models import Client
from polecam.demo import names
from polecam.demo.people import BOSS, OFFICE, PASSWORD, SELLERS, Colleague, email
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.store.tx import action

CLIENTS = 3_000
PRODUCTS = (
    "rachunek",
    "konto firmowe",
    "kredyt hipoteczny",
    "polisa mieszkaniowa",
    "leasing",
    "lokata",
)
RENEWED = ("polisa mieszkaniowa", "leasing")
KNOWN = (
    # first name, surname, form, years a client, product: Marta's clients of today (see present.py)
    ("Anna", "Kowalczyk", "f", 6, "kredyt hipoteczny"),
    ("Ryszard", "Górski", "m", 11, "polisa mieszkaniowa"),
    ("Monika", "Lech", "f", 2, "polisa mieszkaniowa"),
    ("Jakub", "Malec", "m", 1, "konto firmowe"),
    ("Barbara", "Sikora", "f", 14, "rachunek"),
    ("Halina", "Wilk", "f", 9, "lokata"),
)


@dataclass
class World:
    """Who and what the story has: people by first name, portfolios, clients kept for today."""

    branch: Branch
    people: dict[str, Person] = field(default_factory=dict)
    portfolios: dict[str, list[Client]] = field(default_factory=dict)
    known: dict[str, Client] = field(default_factory=dict)

    @property
    def quiet(self) -> frozenset[int]:
        """Ids of the clients whom nobody asks before the present begins."""
        return frozenset(client.pk for client in self.known.values())


def found(rng: random.Random, *, at: datetime) -> World:
    """Set up the firm as of `at`."""
    setup.create_organisation(
        by=None,
        at=at,
        name="Bank Olszyna",
        address="ul. Leśna 1, 30-001 Kraków",
        privacy_contact="iod@olszyna.example",
        is_demo=True,
    )
    branch = setup.open_branch(by=None, at=at, name="Oddział Podgórze", city="Kraków")
    setup.set_setting(
        by=None,
        at=at,
        key="cost_of_client_grosze",
        value=148_000,
        why="Koszt reklamy na nowego klienta, rozliczenie marketingu",
    )
    parameters.set_parameter(
        by=None,
        at=at,
        key="hour_cost_grosze",
        value=6_400,
        source="Kadry: koszt etatu doradcy z narzutami, średnia za rok",
    )
    setup.announce_monitoring(by=None, at=at, on=at.date(), rule="Regulamin pracy, par. 14 ust. 3")
    world = World(branch)
    for colleague in (*SELLERS, BOSS, *OFFICE):
        world.people[colleague.first] = _join(colleague, branch, at=at)
    _portfolios(world, rng, at=at)
    return world


def _join(colleague: Colleague, branch: Branch, *, at: datetime) -> Person:
    welcome = people.invite(
        by=None,
        at=at,
        email=email(colleague),
        branch=branch,
        role=colleague.role,
        first_name=colleague.first,
        last_name=colleague.last,
    )
    person = people.accept_invitation(
        at=at,
        welcome=welcome,
        password=PASSWORD,
        first_name=colleague.first,
        last_name=colleague.last,
        form=colleague.form,
    )
    people.change_profile(by=person, at=at, title=colleague.title)
    if colleague.asks_a_week:
        people.acknowledge_notice(by=person, at=at + timedelta(hours=1))
        if colleague.in_feed:
            recognition.join_feed(by=person, at=at + timedelta(hours=1))
    return person


def _portfolios(world: World, rng: random.Random, *, at: datetime) -> None:
    owners = [*SELLERS, BOSS]
    everyone = list(_people(rng))
    for start in range(0, CLIENTS, 250):
        # one commit for a portfolio's worth of clients: a demo need not sync each to disk
        with action():
            for number in range(start, start + 250):
                owner = SELLERS[0] if number < len(KNOWN) else owners[number % len(owners)]
                client = _client(world, everyone[number], owner.first, number, rng, at=at)
                world.portfolios.setdefault(owner.first, []).append(client)
                if number < len(KNOWN):
                    world.known[KNOWN[number][1]] = client


def _people(rng: random.Random) -> Iterator[tuple[str, str, str, int, str]]:
    yield from KNOWN
    for _ in range(CLIENTS - len(KNOWN)):
        yield *names.person(rng), rng.randrange(1, 17), rng.choice(PRODUCTS)


def _client(
    world: World,
    who: tuple[str, str, str, int, str],
    owner: str,
    number: int,
    rng: random.Random,
    *,
    at: datetime,
) -> Client:
    first, last, form, years, product = who
    return clients.add(
        by=None,
        at=at,
        branch=world.branch,
        first_name=first,
        last_name=last,
        form=form,
        owner=world.people[owner],
        number=f"P{200_000 + number}",
        phone=names.phone(number),
        email=f"klient{number}@przyklad.example" if rng.random() < 0.8 else "",
        since=(at - timedelta(days=365 * years + rng.randrange(300))).date(),
        product=product,
        renews_on=_renewal(number, at) if product in RENEWED else None,
    )


def _renewal(number: int, at: datetime) -> date:
    """Once a year, spread over the days; the next one lies ahead of the story's end."""
    return (at + timedelta(days=190 + number * 7 % 365)).date()
