"""Clients who agreed to surveys, and answers in numbers."""

from datetime import datetime, timedelta

from polecam.actions import pulse, surveys
from polecam.asking.models import Ask
from polecam.clients.models import Client, ClientConsent
from polecam.people.models import Person
from polecam.surveys.models import Pulse, Survey
from tests.cast import client

DAY = timedelta(days=1)


def agree(who: Client, at: datetime) -> Client:
    """The client has an address and agreed to surveys by e-mail, as the core system told."""
    who.party.set_email(f"klient{who.pk}@poczta.example")
    who.party.save()
    ClientConsent.objects.create(
        client=who, channel="email", purpose="survey", source="import", given_at=at
    )
    return who


def a_survey(who: Client, by: Person, at: datetime, way: str = "link") -> Survey:
    """A survey of one client."""
    return surveys.ask(by=by, at=at, client=who, way=way)


def many(branch, owner: Person, count: int, *, at: datetime) -> list[Client]:
    """So many clients who agreed."""
    return [agree(client(branch, owner, f"Klient{n}", "Nowak", at=at), at) for n in range(count)]


def answers(branch, seller: Person, free: int, not_free: int, *, at: datetime) -> None:
    """Answers of the pulse as they stand in the table: without a client."""
    for number in range(free + not_free):
        Pulse.objects.create(
            ask=f"{seller.pk}-{Pulse.objects.count()}"[:15], seller=seller, branch=branch,
            made_at=at, expires_at=at, free=number < free, answered_at=at,
        )  # fmt: skip


def an_ask(who: Client, seller: Person, at: datetime, outcome: str = "declined") -> Ask:
    """An ask as it stands in the table."""
    return Ask.objects.create(
        client=who, seller=seller, branch=who.branch, asked_at=at, outcome=outcome
    )


def a_pulse(who: Client, seller: Person, at: datetime) -> Pulse:
    """A pulse that waits for its answer, after an ask a day and an hour ago."""
    an_ask(who, seller, at - DAY - timedelta(hours=1))
    pulse.ask_due(at=at)
    return Pulse.objects.get(client=who)
