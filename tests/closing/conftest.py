"""The past, lived through again."""

import pytest

from polecam.bonuses.models import PlanVersion
from polecam.store import clock


@pytest.fixture(autouse=True)
def lived_through():
    with clock.injected():
        yield


@pytest.fixture
def plan(plan) -> PlanVersion:
    return plan
