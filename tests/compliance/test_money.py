"""Rows of docs/compliance.md about money."""

from dataclasses import replace
from datetime import timedelta

import pytest

from polecam.actions import asks, plan_drafts, plan_publishing, reward_grants, rewards, sales
from polecam.bonuses.models import CreditedFact, Line
from polecam.bonuses.planning.queries import draft_of
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.thanks.models import Reward, TaxClass
from tests.cast import ZONE
from tests.privacy.friend import capture, say_yes
from tests.thanks import support as thanking

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_c18_quality_and_clawback(firm, branch, tomek, at):
    assert firm.regulated
    version = plan_drafts.start(by=tomek, at=at, branch=branch, name="Plan", template="bank")
    sound = draft_of(version)
    for change, code in (
        ({"clawback_days": 0}, "plan_needs_clawback"),
        ({"quality_gate": False}, "plan_needs_quality"),
    ):
        wanting = replace(sound, **change)
        plan_drafts.save(by=tomek, at=at, version=version, draft=wanting, seen=None)
        with pytest.raises(Refused, match=code):
            plan_publishing.submit(by=tomek, at=at, version=version)
    plan_drafts.save(by=tomek, at=at, version=version, draft=sound, seen=None)
    assert plan_publishing.submit(by=tomek, at=at, version=version).submitted_at is not None


def test_c20_rewards_have_a_tax_class(anna, branch, ada, tomek, at):
    thanking.switch_on(at)
    year = day_of(at, ZONE).year
    rewards.set_budget(by=ada, at=at, branch=branch, year=year, grosze=50_000)
    reward = thanking.a_reward(ada, at, value_grosze=10_000)
    thanking.chosen(anna, reward, at)
    first = reward_grants.approve(by=tomek, at=at, grant=thanking.asked(anna, at, first="Ola"))
    assert (first.tax_class, first.year) == (TaxClass.GIFT, year)
    second = reward_grants.approve(by=tomek, at=at, grant=thanking.asked(anna, at, first="Jan"))
    assert second.year == year
    with pytest.raises(Refused, match="reward_person_year"):
        reward_grants.approve(by=tomek, at=at, grant=thanking.asked(anna, at, first="Ewa"))
    assert Reward._meta.get_field("tax_class").default == TaxClass.UNSET, "nothing is assumed"


def test_c28_money_begins_with_the_yes(anna, marta, tomek, plan, at):
    asks.record(by=marta, at=at - 9 * DAY, client=anna, key="a")
    referral = capture(anna, marta, at - 9 * DAY, plan)
    assert not Line.objects.exists(), "not for an ask, not for a name"
    say_yes(referral.invitation, at - 8 * DAY)
    assert Line.objects.count() == 1
    fact = CreditedFact.objects.get()
    assert fact.vests_at - fact.confirmed_at >= 30 * DAY
    referral.refresh_from_db()
    sale = sales.report(
        by=marta, at=at - DAY, referral=referral, value_grosze=900_000, margin_grosze=436_000,
        contract="U/1", sold_on=(at - DAY).date(),
    )  # fmt: skip
    with pytest.raises((NotAllowed, Refused)):
        sales.confirm(by=marta, at=at, sale=sale)
    sales.confirm(by=tomek, at=at, sale=sale)
    assert (plan.hold_days, plan.clawback_days) == (30, 90)
