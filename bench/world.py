"""A firm of the asked size, written in bulk: only reading and capturing are measured, not this."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

from polecam.actions import plans, setup
from polecam.asking.models import Ask, Moment, MomentTally, Outcome
from polecam.bonuses.models import Acknowledgement
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.parties.models import Party
from polecam.people.models import Membership, Person, Role
from polecam.referrals.models import Invitation, Kind, Referral, StageTally, State
from polecam.store.crypto import phone_index

CHUNK = 5_000
BRANCHES = 25
SELLERS = 10  # in a branch; of 100,000 clients each seller has 400
FIRST = "Anna Barbara Celina Dorota Ewa Filip Grzegorz Henryk Irena Jan Karol Łucja Marta".split()
LAST = "Kowalczyk Nowak Wójcik Zielińska Lis Duda Wrona Sowa Maj Żurek Bąk Śliwa Ćwik".split()
GOOD = ["praise", "high_rating", "keys", "renewal", "problem_solved", "anniversary"]
STATES = [
    State.CAPTURED, State.INVITED, State.CONSENTED, State.CONTACTED, State.MEETING, State.WON,
    State.LOST,
]  # fmt: skip


def build(
    clients: int, referrals: int, *, branches: int = BRANCHES, in_branch: int = SELLERS
) -> list[Person]:
    """Fill the empty database; returns the sellers."""
    chance = random.Random(20261123)
    now = datetime.now(UTC)
    with transaction.atomic():
        sellers = staff(now, branches, in_branch)
    owned = list(client_rows(clients, sellers, now, chance))
    for rows in chunks(moment_rows(owned, now, chance)):
        Moment.objects.bulk_create(rows)
    history(owned, referrals, now, chance)
    tallies(sellers, now, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return sellers


def staff(now: datetime, branch_count: int, in_branch: int) -> list[Person]:
    """The firm, its branches, and the sellers in each; the first of a branch also manages it."""
    long_ago = now - timedelta(days=800)
    setup.create_organisation(
        by=None,
        at=now,
        name="Bank Olszyna",
        address="ul. Leśna 1, 30-001 Kraków",
        privacy_contact="iod@olszyna.example",
    )
    # a firm that has found its feet: its first steps are behind it
    setup.set_setting(by=None, at=now, key="start_put_away", value=True)
    branches = [
        setup.open_branch(by=None, at=now, name=f"Oddział {n}", city="Kraków")
        for n in range(branch_count)
    ]
    version = plans.publish_plan(by=None, at=now, name="Premia za polecenia")
    sellers = Person.objects.bulk_create(
        Person(
            email=f"osoba{n}@olszyna.example",
            first_name=FIRST[n % len(FIRST)],
            last_name=LAST[n % len(LAST)],
            form="f" if FIRST[n % len(FIRST)].endswith("a") else "m",
            password="!",
            notice_acknowledged_at=long_ago,
            created_at=long_ago,
        )
        for n in range(branch_count * in_branch)
    )
    Membership.objects.bulk_create(
        Membership(person=seller, branch=branches[n // in_branch], role=Role.SELLER, since=long_ago)
        for n, seller in enumerate(sellers)
    )
    Membership.objects.bulk_create(
        Membership(person=seller, branch=branch, role=Role.MANAGER, since=long_ago)
        for seller, branch in zip(sellers[::in_branch], branches, strict=True)
    )
    Acknowledgement.objects.bulk_create(
        Acknowledgement(version=version, person=seller, at=now) for seller in sellers
    )
    for n, seller in enumerate(sellers):
        seller.bench_branch = branches[n // in_branch]
    return sellers


def party(n: int, now: datetime, chance: random.Random) -> Party:
    """Somebody with a name; every second one with a number known by its index."""
    row = Party(created_at=now - timedelta(days=300), form="f")
    row.set_name(chance.choice(FIRST), f"{chance.choice(LAST)}-{n}")
    if n % 2:
        row.phone_index = phone_index(f"+48600{n:06d}")
    return row


def client_rows(
    count: int, sellers: list[Person], now: datetime, chance: random.Random
) -> Iterator[Client]:
    """Clients, spread evenly over the sellers."""
    for start in range(0, count, CHUNK):
        numbers = range(start, min(start + CHUNK, count))
        parties = Party.objects.bulk_create(party(n, now, chance) for n in numbers)
        yield from Client.objects.bulk_create(
            Client(
                party=row,
                branch=sellers[n % len(sellers)].bench_branch,
                owner=sellers[n % len(sellers)],
                number=f"K{n}",
                since=date(now.year - chance.randrange(1, 12), 1, 1),
                product="konto",
                created_at=now - timedelta(days=300),
                updated_at=now - timedelta(days=30),
            )
            for n, row in zip(numbers, parties, strict=True)
        )


def moment_rows(clients: list[Client], now: datetime, chance: random.Random) -> Iterator[Moment]:
    """A good moment of the last month for a tenth of the clients, whoever's they are."""
    for client in chance.sample(clients, len(clients) // 10):
        day = now.date() - timedelta(days=chance.randrange(30))
        kind = chance.choice(GOOD)
        yield Moment(
            client=client,
            kind=kind,
            on=day,
            rating=10 if kind == "high_rating" else None,
            noted_by=client.owner,
            noted_at=now - timedelta(days=31),
        )


def history(clients: list[Client], count: int, now: datetime, chance: random.Random) -> None:
    """Asks a year deep, each with an invitation, a referral and its events."""
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        chosen = [clients[chance.randrange(len(clients))] for _ in range(size)]
        times = [now - timedelta(days=chance.randrange(1, 365), hours=n % 9) for n in range(size)]
        asks = Ask.objects.bulk_create(
            Ask(
                client=client,
                seller=client.owner,
                branch=client.branch,
                moment_kind=chance.choice(GOOD),
                asked_at=at,
                outcome=Outcome.NAMES,
                answered_at=at,
            )
            for client, at in zip(chosen, times, strict=True)
        )
        invitations = Invitation.objects.bulk_create(
            Invitation(
                client=ask.client,
                seller=ask.seller,
                branch=ask.branch,
                ask=ask,
                created_at=ask.asked_at,
                expires_at=ask.asked_at + timedelta(days=14),
            )
            for ask in asks
        )
        friends = Party.objects.bulk_create(
            party(10_000_000 + start + n, now, chance) for n in range(size)
        )
        referrals = Referral.objects.bulk_create(
            referral_row(invitation, friend, chance.choice(STATES))
            for invitation, friend in zip(invitations, friends, strict=True)
        )
        Event.objects.bulk_create(
            Event(
                kind="referral.captured",
                subject_type="referral",
                subject=referral.public_id,
                by_id=referral.originator_id,
                branch_id=referral.branch_id,
                at=referral.captured_at,
                recorded_at=referral.captured_at,
            )
            for referral in referrals
        )


def open_asks(sellers: list[Person], count: int) -> list[Ask]:
    """Asks that wait for their answer, of these sellers in turn."""
    now = datetime.now(UTC)
    clients = {seller.pk: iter(Client.objects.filter(owner=seller)) for seller in sellers}
    return Ask.objects.bulk_create(
        Ask(
            client=next(clients[seller.pk]),
            seller=seller,
            branch=seller.bench_branch,
            moment_kind="praise",
            asked_at=now,
        )
        for n in range(count)
        for seller in [sellers[n % len(sellers)]]
    )


def referral_row(invitation: Invitation, friend: Party, state: str) -> Referral:
    """The referral that grew from an invitation."""
    at = invitation.created_at
    return Referral(
        invitation=invitation,
        client=invitation.client,
        party=friend,
        originator=invitation.seller,
        branch=invitation.branch,
        ask=invitation.ask,
        kind=Kind.ASKED,
        state=state,
        captured_at=at,
        state_at=at + timedelta(days=3),
        consented_at=at + timedelta(days=1) if state not in STATES[:2] else None,
    )


def tallies(sellers: list[Person], now: datetime, chance: random.Random) -> None:
    """What the actions would have counted."""
    months = [f"{now.year - 1}-12", *(f"{now.year}-{month:02d}" for month in range(1, now.month))]
    MomentTally.objects.bulk_create(
        MomentTally(
            branch=seller.bench_branch,
            seller=seller,
            kind=kind,
            month=month,
            asks=3,
            yes=chance.randrange(0, 3),
        )
        for seller in sellers
        for kind in GOOD
        for month in months
    )
    StageTally.objects.bulk_create(
        StageTally(
            branch=seller.bench_branch,
            seller=seller,
            month=f"{now.year}-{month:02d}",
            asks=20,
            referrals=15,
            consents=9,
            meetings=5,
            sales=2,
            margin_grosze=400_000,
        )
        for seller in sellers
        for month in range(1, now.month + 1)
    )


def chunks(rows: Iterator[Moment]) -> Iterator[list[Moment]]:
    """The rows in lists that a statement can carry."""
    held: list[Moment] = []
    for row in rows:
        held.append(row)
        if len(held) == CHUNK:
            yield held
            held = []
    if held:
        yield held
