"""Who is this person? Two doubtful pairs for the boss, and a friend recommended twice for Marta."""

from datetime import datetime, timedelta

from polecam.actions import clients, comparing, privacy, referrals
from polecam.clients.models import Client
from polecam.demo import names
from polecam.demo.found import World
from polecam.demo.people import BOSS
from polecam.parties.models import FoundBy
from polecam.people.models import Person

MINUTE = timedelta(minutes=1)
SHARED, OWN = 990_001, 990_002
"""Numbers of people that the story never gives away."""
TWICE = (
    # first name, surname, form, whose client, number (None: the firm has none)
    ("Katarzyna", "Świętochowska", "f", "Marta", None),
    ("Kasia", "Świętochowska", "f", "Kamil", None),
    ("Beata", "Ostrowicz", "f", "Ola", SHARED),
    ("Beata", "Chlebowska", "f", "Natalia", SHARED),
)


def doubtful(world: World, *, at: datetime) -> None:
    """Records that may be one person, and Lidia, whom clients of Kamil and Marta recommend."""
    for first, last, form, owner, number in TWICE:
        client = clients.add(
            by=world.people[BOSS.first],
            at=at,
            branch=world.branch,
            first_name=first,
            last_name=last,
            form=form,
            owner=world.people[owner],
            phone=names.phone(number) if number else "",
            since=(at - timedelta(days=900)).date(),
            product="rachunek",
        )
        comparing.compare(at=at, party=client.party, found_by=FoundBy.BATCH)
    kamil, marta = world.people["Kamil"], world.people["Marta"]
    _recommended(kamil, world.portfolios["Kamil"][0], "demo-lidia", at=at - 3 * MINUTE)
    _recommended(marta, world.known["Sikora"], "demo-lidia", at=at - MINUTE)


def _recommended(seller: Person, client: Client, key: str, *, at: datetime) -> None:
    """The client names Lidia, and Lidia agrees to a talk with this seller."""
    referral = referrals.capture(
        by=seller, at=at, client=client, first_name="Lidia", need="firm", key=key,
        kind="spontaneous",
    )  # fmt: skip
    if referral.invitation is None:
        return
    privacy.consent(
        invitation=referral.invitation, at=at, first_name="Lidia", last_name="Wąsik",
        phone=names.phone(OWN), channels=["phone"], preferred="phone",
    )  # fmt: skip
    referral.refresh_from_db()
    for consent in privacy.waiting(referral):
        privacy.confirm(consent=consent, at=at + MINUTE)
