"""An admin publishes a version of the plan; nobody else does."""

from datetime import UTC, datetime

import pytest
from django.test import Client as Http
from django.urls import reverse

from polecam.bonuses.models import PlanVersion
from polecam.bonuses.queries import Rates, rates
from polecam.kit.periods import day_of

pytestmark = pytest.mark.django_db
FILLED = {
    "consent": "15,50",
    "meeting": "40",
    "sale": "12,5",
    "hold_days": "30",
    "clawback_days": "90",
    "quality_gate": "on",
    "starts_on": day_of(datetime.now(UTC), "Europe/Warsaw").isoformat(),
}


@pytest.fixture(autouse=True)
def fresh_rates():
    rates.cache_clear()
    yield
    rates.cache_clear()


def http(person) -> Http:
    made = Http()
    made.force_login(person)
    made.cookies["language"] = "pl"
    return made


def test_the_first_version_starts_from_the_usual_plan(branch, ada):
    text = http(ada).get(reverse("money:publish")).content.decode()
    for value in ('value="10"', 'value="40"', 'value="12,5"', 'value="30"', 'value="90"'):
        assert value in text, value


def test_published_at_once(branch, ada):
    answer = http(ada).post(reverse("money:publish"), FILLED)
    version = PlanVersion.objects.get()
    assert answer["Location"].endswith(f"?v={version.public_id}")
    assert rates(version.pk) == Rates(1_550, 4_000, 1_250)
    assert version.published_by == ada


def test_a_refusal_keeps_what_was_typed(branch, ada):
    answer = http(ada).post(reverse("money:publish"), FILLED | {"quality_gate": ""})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "kryterium jakości" in text
    assert 'value="15,50"' in text
    past = http(ada).post(reverse("money:publish"), FILLED | {"starts_on": "2020-01-01"})
    assert "nigdy wstecz" in past.content.decode()
    assert not PlanVersion.objects.exists()


def test_only_an_admin(branch, marta, tomek, pawel):
    for person in (marta, tomek, pawel):
        assert http(person).post(reverse("money:publish"), FILLED).status_code == 403
