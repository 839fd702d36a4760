"""Two branches, one admin of both."""

from datetime import timedelta

import pytest

from polecam.organisation.models import Branch
from polecam.people.models import Membership, Person
from tests.cast import person


@pytest.fixture
def kazimierz(firm, ada, at) -> Branch:
    """A second branch; Ada administers it, too."""
    made = Branch.objects.create(
        name="Oddział Kazimierz", city="Kraków", created_at=at - timedelta(days=400)
    )
    Membership.objects.create(person=ada, branch=made, role="admin", since=at - timedelta(days=300))
    return made


@pytest.fixture
def zofia(kazimierz, at) -> Person:
    """The manager of Kazimierz."""
    return person(kazimierz, "manager", "Zofia", "Gil", "f", at=at)
