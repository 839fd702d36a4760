"""What some of the branch expected to hear before they asked; and a testimonial asked for."""

import random
from datetime import datetime, timedelta

from polecam.actions import asks, courage
from polecam.asking import courage as own
from polecam.clients.models import Client
from polecam.demo.found import World
from polecam.organisation import settings
from polecam.people.models import Person

EXPECTS = {
    "Marta": (10, 10, 30, 30, 30),
    "Kamil": (30, 50, 50),
    "Ola": (10, 30),
    "Tomasz": (50, 70),
}
"""Who answers the question, and what they say to it."""
TESTIMONIALS = {60: "agreed", 24: "declined", 9: "agreed"}
"""So many days ago Marta asked for one, and what she heard."""
MINUTE = timedelta(minutes=1)


def before_ask(seller: Person, client: Client, *, at: datetime) -> None:
    """The question comes now and then, a few minutes before the ask; dice of its own."""
    steps = EXPECTS.get(seller.first_name)
    if steps is None:
        return
    every = settings.value("guess_every", at=at, branch=client.branch_id)
    if own.due(seller, every=every):
        rng = random.Random(f"guess-{client.public_id}")  # noqa: S311 - a story, not a secret
        courage.guess(by=seller, at=at - 5 * MINUTE, client=client, percent=rng.choice(steps))


def day(world: World, *, ahead: int, at: datetime) -> None:
    """On some days, `ahead` days before the present, Marta asks for a testimonial."""
    outcome = TESTIMONIALS.get(ahead)
    marta = world.people["Marta"]
    if outcome is None:
        return
    client = Client.objects.filter(owner=marta, last_asked_at=None).latest("id")
    ask = asks.record(by=marta, at=at, client=client, key=f"demo-word-{ahead}", for_reference=True)
    asks.answer(by=marta, at=at + 2 * MINUTE, ask=ask, outcome=outcome)
