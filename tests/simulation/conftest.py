"""A draft to try out on Marta's month."""

from datetime import timedelta

import pytest

from polecam.bonuses.models import Component, PlanVersion
from tests.money.conftest import month  # noqa: F401 - a fixture


@pytest.fixture
def draft(plan, at):
    """Version 2: 14% of margin, at least 120 zl, from the day after tomorrow on."""
    made = PlanVersion.objects.create(
        plan=plan.plan,
        number=2,
        valid_from=at + timedelta(days=2),
        hold_days=30,
        clawback_days=90,
        based_on=plan,
    )
    for position, columns in enumerate(
        (
            {"fact_kind": "consent", "amount_grosze": 1_000},
            {"fact_kind": "meeting", "amount_grosze": 4_000},
            {"fact_kind": "sale", "base": "margin", "rate_bp": 1_400, "floor_grosze": 12_000},
        ),
        start=1,
    ):
        Component.objects.create(version=made, position=position, **columns)
    return made
