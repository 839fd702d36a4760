"""Two at once, on PostgreSQL: one plan, one draft, one publication, one choice."""

import pytest

from polecam.actions import plan_choices, plan_drafts, plan_publishing, plans
from polecam.bonuses.models import Plan, PlanVersion, VersionChoice
from polecam.bonuses.planning.draft import DraftComponent, DraftVersion
from polecam.insights.version_choice import offer
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from tests.bonuses.support import referral_of
from tests.support.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def refusals(raised) -> list[str]:
    assert all(isinstance(error, Refused) for error in raised), raised
    return [error.code for error in raised]


def test_one_plan_and_one_draft(branch, tomek, ada, at):
    def start(person):
        plan_drafts.start(by=person, at=at, branch=branch, name="Plan", template="bank")

    raised = at_once(lambda: start(tomek), lambda: start(ada))
    assert refusals(raised) == ["plan_draft_exists"]
    assert (Plan.objects.count(), PlanVersion.objects.count()) == (1, 1)


def test_approved_once_or_given_back(branch, tomek, ada, pawel, at):
    draft = plan_drafts.start(by=tomek, at=at, branch=branch, name="Plan", template="bank")
    plan_publishing.submit(by=tomek, at=at, version=draft)
    raised = at_once(
        lambda: plan_publishing.approve(by=ada, at=at, version=draft),
        lambda: plan_publishing.approve(by=pawel, at=at, version=draft),
        lambda: plan_publishing.withdraw(by=tomek, at=at, version=draft),
    )
    assert set(refusals(raised)) == {"plan_not_submitted"}
    assert len(raised) == 2
    assert Event.objects.filter(kind__in=("plan.published", "plan.withdrawn")).count() == 1


def test_chosen_once(anna, marta, plan, at):
    referral = referral_of(anna, marta, plan, at)
    dearer = DraftComponent("sale", base="margin", rate_bp=2_000)
    plans.publish_plan(at=at, name="", draft=DraftVersion(at, (dearer,)))
    found = offer(marta, referral, at)
    seen = (found.before_grosze, found.after_grosze)

    def take():
        plan_choices.take_version(by=marta, at=at, referral=referral, seen=seen)

    assert refusals(at_once(take, take)) == ["version_none_newer"]
    assert VersionChoice.objects.count() == 1
