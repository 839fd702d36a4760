"""The diary of a life: what people do, hour by hour; and how it finds who and what is meant.

Rows are found by their order or by a name, never by an id: ids differ from one life to the next.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from polecam.actions import once
from polecam.clients.models import Client
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.store.tx import at_the_start

BEGIN = datetime(2025, 3, 3, 8, tzinfo=UTC)
"""A Monday. The end of March, when clocks change in Warsaw, lies within every life."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOON = timedelta(minutes=1)


@dataclass(frozen=True)
class Step:
    """One request: sent by a browser, sent again if the answer was lost.

    `bare`: it comes with a key of its own or from somebody outside, so no form's token helps it.
    """

    name: str
    at: datetime
    do: Callable[[datetime], object]
    bare: bool = False

    def __call__(self) -> object:
        """Done as a door would do it."""
        if self.bare:
            return self.do(self.at)
        with at_the_start(lambda: once.form("a browser", self.name, at=self.at)):
            return self.do(self.at)


@dataclass
class Diary:
    """Steps, each an hour after the one before unless a day begins."""

    steps: list[Step] = field(default_factory=list)
    now: datetime = BEGIN - HOUR

    def day(self, number: int) -> None:
        """The next step happens on the morning of this day; 0 is the first."""
        self.now = BEGIN + number * DAY - HOUR

    def __call__(
        self,
        name: str,
        do: Callable[[datetime], object],
        after: timedelta = HOUR,
        *,
        bare: bool = False,
    ) -> None:
        """Somebody does something."""
        self.now += after
        self.steps.append(Step(name, self.now, do, bare))


def who(first: str) -> Person:
    """A colleague by first name."""
    return Person.objects.get(first_name=first)


def branch(number: int = 0) -> Branch:
    """A branch by its order."""
    return Branch.objects.order_by("pk")[number]


def client(number: int) -> Client:
    """A client by their order."""
    return nth(Client.objects.all(), number)


def referral(number: int) -> Referral:
    """A referral by its order."""
    return nth(Referral.objects.all(), number)


def nth(rows: Any, number: int) -> Any:
    """One row by its order; -1 is the newest."""
    ordered = rows.order_by("pk") if number >= 0 else rows.order_by("-pk")
    return ordered[number if number >= 0 else -1 - number]
