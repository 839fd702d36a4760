"""Two months of Marta's, closed and paid, and a third that runs: with the firm's clock in 2025."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache

from polecam.kit.periods import next_month
from polecam.store import clock
from tests.closing.support import START, close, day, pay, sold, vest

SECOND = next_month(START)
THIRD = next_month(SECOND)


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def lived_through():
    with clock.injected():
        yield


@pytest.fixture
def months(lived_through, anna, marta, kamil, plan, pawel, ada):
    """START: a sale of 545 zł, shared with nobody. SECOND: it vests and is closed. THIRD: paid."""
    sale = sold(anna, marta, plan, day(START, 5))
    shared = sold(
        anna, marta, plan, day(START, 9), margin=640_003, shares={marta: 7_000, kamil: 3_000}
    )
    close(START, pawel, ada)
    pay(START, pawel)
    vest(SECOND)
    close(SECOND, pawel, ada)
    pay(SECOND, pawel)
    return SimpleNamespace(first=START, second=SECOND, third=THIRD, sale=sale, shared=shared)
