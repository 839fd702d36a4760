"""A firm with a tree: region Małopolska over Podgórze (with a team) and Krowodrza; region Śląsk."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from polecam.kit.periods import day_of
from polecam.organisation.models import Branch, Level, Placement
from polecam.people.models import Person, Role
from tests import cast


@dataclass
class Firm:
    """Places by name, and a person of every role in every place: `who["region"]["manager"]`."""

    places: dict[str, Branch]
    who: dict[str, dict[str, Person]]


def place(name: str, level: str, parent: Branch | None, *, at, days: int = 300) -> Branch:
    """A place that has hung below `parent` for so many days."""
    made = Branch.objects.create(name=name, level=level, created_at=at - timedelta(days=400))
    if parent is not None:
        since = day_of(at, cast.ZONE) - timedelta(days=days)
        Placement.objects.create(branch=made, parent=parent, since=since, made_at=at)
    return made


@pytest.fixture
def region(firm, at) -> Branch:
    return place("Małopolska", Level.REGION, None, at=at)


@pytest.fixture
def other_region(firm, at) -> Branch:
    return place("Śląsk", Level.REGION, None, at=at)


@pytest.fixture
def own(branch, region, at) -> Branch:
    """Podgórze, below the region."""
    since = day_of(at, cast.ZONE) - timedelta(days=300)
    Placement.objects.create(branch=branch, parent=region, since=since, made_at=at)
    return branch


@pytest.fixture
def sibling(region, at) -> Branch:
    return place("Oddział Krowodrza", Level.BRANCH, region, at=at)


@pytest.fixture
def team(own, at) -> Branch:
    return place("Zespół Zabłocie", Level.TEAM, own, at=at)


@pytest.fixture
def boss(region, at) -> Person:
    """Manager of the region."""
    return cast.person(region, Role.MANAGER, "Regina", "Gorska", "f", at=at)


@pytest.fixture
def admin(region, at) -> Person:
    """Admin of the region."""
    return cast.person(region, Role.ADMIN, "Adam", "Nowicki", "m", at=at)
