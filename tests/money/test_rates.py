"""What guesses take from a plan: bands, floors, windows, what a sale brings later."""

from datetime import timedelta

import pytest

from polecam.bonuses.models import Component, CreditedFact, Plan, PlanVersion
from polecam.bonuses.models.components import Band
from polecam.bonuses.rates import Rates, Step, Term, has_steps, place_of, rates, rates_at, terms
from polecam.insights import expected
from polecam.referrals import states

pytestmark = pytest.mark.django_db
EACH = 10_000


@pytest.fixture(autouse=True)
def fresh():
    for cached in (rates, terms):
        cached.cache_clear()
    yield
    for cached in (rates, terms):
        cached.cache_clear()


@pytest.fixture
def rich(firm, at):
    """Every shape in one version, not yet published: guesses do not ask."""
    plan = Plan.objects.create(name="Rich", created_at=at)
    version = PlanVersion.objects.create(
        plan=plan, number=1, valid_from=at, hold_days=30, clawback_days=0
    )

    def add(position, kind, **terms_of):
        bands = terms_of.pop("bands", ())
        made = Component.objects.create(
            version=version, position=position, fact_kind=kind, **terms_of
        )
        for lower, upper, amount, rate in bands:
            Band.objects.create(
                component=made, lower=lower, upper=upper, amount_grosze=amount, rate_bp=rate
            )

    add(1, "consent", amount_grosze=1_000)
    add(
        2,
        "meeting",
        shape="marginal",
        bands=[(0, 2 * EACH, 4_000, 0), (2 * EACH, None, 6_000, 0)],
    )
    add(3, "sale", base="margin", rate_bp=1_000, floor_grosze=30_000)
    add(4, "sale", amount_grosze=20_000, window_from=at, window_until=at + timedelta(days=7))
    add(5, "retained", amount_grosze=5_000, months=12)
    return version


def test_the_first_of_a_month_and_no_special_action(rich):
    assert rates(rich.pk) == Rates(
        consent_grosze=1_000,
        meeting_grosze=4_000,
        sale_bp=1_000,
        sale_floor_grosze=30_000,
        retained_grosze=5_000,
    )
    assert rates(rich.pk).sale_of(200_000) == 30_000
    assert rates(rich.pk).sale_of(500_000) == 50_000
    assert has_steps(rich.pk)


def test_inside_the_window_and_at_the_sellers_place(rich, at):
    found = rates_at(rich.pk, at=at, place={("meeting", "count"): 2 * EACH})
    assert (found.meeting_grosze, found.sale_grosze) == (6_000, 20_000)
    assert rates_at(rich.pk, at=at + timedelta(days=7)).sale_grosze == 0


def test_what_is_kept_later_is_a_step_of_its_own(rich):
    found = expected.of_referral(states.MEETING, rates(rich.pk), expected.Chances(), met=True)
    assert [step.code for step in found.steps] == ["sale", "retained"]
    assert found.steps[1].chance_bp == 4_500 * 8_000 // 10_000
    flat = expected.of_referral(states.MEETING, Rates(sale_grosze=100), expected.Chances())
    assert [step.code for step in flat.steps] == ["meeting_confirmed", "sale"]


def test_tiers_of_a_month():
    steps = (Step(0, 20_000, 100, 0), Step(20_000, None, 300, 0))
    marginal = Term("meeting", "count", "marginal", steps)
    assert [marginal.paid(n * EACH) for n in (0, 1, 2, 3)] == [0, 100, 200, 500]
    whole = Term("meeting", "count", "whole", steps)
    assert [whole.paid(n * EACH) for n in (1, 2, 3)] == [100, 600, 900]
    capped = Term("meeting", "count", "marginal", steps, cap_grosze=250)
    assert [capped.paid(n * EACH) for n in (1, 2, 3)] == [100, 200, 250]


def test_the_place_is_the_sellers_own_part(month, marta, kamil):
    place = place_of(marta.pk, CreditedFact.objects.filter(person=marta).first().month)
    assert place["meeting", "count"] == 3 * EACH
    assert place["sale", "margin"] == 448_002
    assert place["sale", "count"] == 7_000
    assert place_of(kamil.pk, "2020-01") == {}
