"""A branch with a pool."""

from datetime import timedelta

import pytest

from polecam.actions.setup import set_setting
from polecam.store import clock
from tests.facts.support import SALE, version_of
from tests.pool.support import BENCHMARK


@pytest.fixture
def benchmark(firm, at):
    """What a client costs otherwise, known from the beginning, with its source."""
    begin = at - timedelta(days=390)
    with clock.injected():
        set_setting(
            by=None, at=begin, key="cost_of_client_grosze", value=BENCHMARK, why="Raport 2026"
        )


@pytest.fixture
def pooled(benchmark, at):
    """The version with the pool."""
    return version_of(at, SALE, pool_bp=1_000)
