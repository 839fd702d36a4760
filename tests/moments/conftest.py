"""A catalogue as a bank begins with it, and clients with numbers."""

import pytest

from polecam.asking import kinds
from tests import cast


@pytest.fixture(autouse=True)
def fresh_catalogue():
    """What one test changed is not what the next one reads."""
    kinds.forget()
    yield
    kinds.forget()


@pytest.fixture
def catalogue(branch, at):
    """Rows as a bank gets them."""
    kinds.install(at, "bank")


@pytest.fixture
def jan(branch, kamil, at):
    """Kamil's client, with a number."""
    return cast.client(branch, kamil, "Jan", "Lis", at=at, number="K-2")


@pytest.fixture
def numbered(anna):
    """Anna with a number."""
    anna.number = "K-1"
    anna.save()
    return anna
