"""Publishing a plan: dated versions, never changed, never backwards."""

from datetime import timedelta

import pytest

from polecam.actions import bonuses
from polecam.actions.plans import Rule
from polecam.bonuses.models import PlanVersion
from polecam.bonuses.queries import Rates, rates, version_in_force
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.organisation.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_rates():
    rates.cache_clear()
    yield
    rates.cache_clear()


def publish(at, **more) -> PlanVersion:
    return bonuses.publish_plan(by=None, at=at, name="Plan 2026", **more)


def test_the_standard_plan(branch, at):
    version = publish(at)
    assert (version.number, version.hold_days, version.clawback_days) == (1, 30, 90)
    assert version_in_force(None, branch.pk, at) == version
    assert rates(version.pk) == Rates(consent_grosze=1_000, meeting_grosze=4_000, sale_bp=1_250)
    assert Event.objects.get(kind="plan.published").data["number"] == 1


def test_each_moment_has_its_version(branch, at):
    first = publish(at - timedelta(days=100))
    later = publish(at - timedelta(days=10), valid_from=at, rules=[Rule("consent", 2_000)])
    assert version_in_force(None, branch.pk, at - timedelta(days=101)) is None
    assert version_in_force(None, branch.pk, at - timedelta(seconds=1)) == first
    assert version_in_force(None, branch.pk, at) == later
    assert later.number == 2


def test_the_branch_comes_before_the_firm(branch, at):
    publish(at)
    own = publish(at, branch=branch)
    assert version_in_force(None, branch.pk, at) == own
    assert version_in_force(None, branch.pk + 1, at) != own


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"quality_gate": False}, "plan_needs_quality"),
        ({"clawback_days": 0}, "plan_needs_clawback"),
        ({"rules": []}, "plan_without_rules"),
        ({"rules": [Rule("consent", rate_bp=100)]}, "plan_rate_without_margin"),
        ({"rules": [Rule("sale", 100, 100)]}, "plan_amounts"),
        ({"rules": [Rule("sale")]}, "plan_amounts"),
        ({"rules": [Rule("sale", rate_bp=10_001)]}, "plan_amounts"),
        ({"rules": [Rule("meeting", -5)]}, "plan_amounts"),
    ],
)
def test_refused(branch, at, more, code):
    with pytest.raises(Refused, match=code):
        publish(at, **more)
    assert not PlanVersion.objects.exists()


def test_never_backwards_nor_twice_from_one_moment(branch, at):
    with pytest.raises(Refused, match="plan_backwards"):
        publish(at, valid_from=at - timedelta(days=1))
    publish(at)
    with pytest.raises(Refused, match="plan_version_same_day"):
        publish(at)


def test_an_unregulated_firm_may_do_without(branch, at):
    Organisation.objects.update(regulated=False)
    assert publish(at, quality_gate=False, clawback_days=0).number == 1
