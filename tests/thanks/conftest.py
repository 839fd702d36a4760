"""A year in which rewards are on."""

import pytest

from polecam.actions import rewards
from polecam.kit.periods import day_of
from tests.thanks.support import switch_on


@pytest.fixture
def year(at) -> int:
    return day_of(at, "Europe/Warsaw").year


@pytest.fixture
def on(branch, ada, at, year):
    """Rewards are on, with 200 zł for the year."""
    switch_on(at)
    return rewards.set_budget(by=ada, at=at, branch=branch, year=year, grosze=20_000)
