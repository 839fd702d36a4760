"""Spare codes are hashed slowly on purpose; not here."""

import pytest

from polecam.signin import spare


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch):
    """A cost at which ten of them take no time."""
    monkeypatch.setitem(spare.COST, "n", 2)
