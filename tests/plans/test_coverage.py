"""The nearest assignment wins, from its day until its day; who is covered reads."""

from datetime import timedelta

import pytest

from polecam.actions import plan_acknowledgements, plan_assignments, plans
from polecam.bonuses.models import Assignment, Plan, PlanVersion
from polecam.bonuses.planning.queries import unread
from polecam.bonuses.queries import version_in_force
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation.models import Branch
from tests.cast import person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def further(at, name: str) -> PlanVersion:
    """A published version of a plan that covers nobody by itself."""
    made = Plan.objects.create(name=name, covers_all=False, created_at=at)
    version = PlanVersion(
        plan=made, number=1, valid_from=at, published_at=at, hold_days=30, clawback_days=90
    )
    version.save()
    return version


def test_the_nearest_wins(plan, branch, marta, kamil, ada, at):
    """firm < assigned to the firm < the branch's < assigned to the branch < a role < a person."""
    steps = [
        (lambda own: plan_assignments.assign(by=ada, at=at, plan=own.plan, since=at)),
        None,
        (
            lambda own: plan_assignments.assign(
                by=ada, at=at, plan=own.plan, since=at, branch=branch
            )
        ),
        (
            lambda own: plan_assignments.assign(
                by=ada, at=at, plan=own.plan, since=at, role="seller"
            )
        ),
        (
            lambda own: plan_assignments.assign(
                by=ada, at=at, plan=own.plan, since=at, role="seller", branch=branch
            )
        ),
        (lambda own: plan_assignments.assign(by=ada, at=at, plan=own.plan, since=at, person=marta)),
    ]
    assert version_in_force(marta, branch.pk, at) == plan
    for number, step in enumerate(steps):
        if step is None:
            own = plans.publish_plan(by=None, at=at, name="Oddział", branch=branch)
        else:
            own = further(at, f"Plan {number}")
            step(own)
        assert version_in_force(marta, branch.pk, at) == own
        assert version_in_force(marta, branch.pk, at - DAY) == plan
    assert version_in_force(kamil, branch.pk, at) != own
    assert version_in_force(None, branch.pk, at).plan.name == "Plan 2"


def test_half_open_days(plan, branch, marta, ada, at):
    own = further(at - DAY, "Na próbę")
    plan_assignments.assign(
        by=ada, at=at, plan=own.plan, since=at + DAY, until=at + 3 * DAY, person=marta
    )
    found = [version_in_force(marta, branch.pk, at + days * DAY) for days in range(4)]
    assert found == [plan, own, own, plan]


def test_a_role_counts_only_where_it_is_held(plan, branch, marta, tomek, ada, at):
    elsewhere = Branch.objects.create(name="Oddział Nowa Huta", created_at=at)
    own = further(at, "Szefowie")
    plan_assignments.assign(by=ada, at=at, plan=own.plan, since=at, role="manager")
    assert version_in_force(tomek, branch.pk, at) == own
    assert version_in_force(tomek, elsewhere.pk, at) == plan
    assert version_in_force(marta, branch.pk, at) == plan


def test_a_plan_without_a_version_yet_is_passed_over(plan, branch, marta, ada, at):
    empty = Plan.objects.create(name="Pusty", covers_all=False, created_at=at)
    plan_assignments.assign(by=ada, at=at, plan=empty, since=at, person=marta)
    assert version_in_force(marta, branch.pk, at) == plan


def test_refused_assignments(plan, branch, marta, tomek, ada, at):
    own = further(at, "Inny").plan

    def assign(by=ada, since=at, **more):
        return plan_assignments.assign(by=by, at=at, plan=own, since=since, **more)

    with pytest.raises(NotAllowed):
        assign(by=tomek, person=marta)
    with pytest.raises(Refused, match="plan_assign_oneself"):
        assign(person=ada)
    with pytest.raises(Refused, match="plan_backwards"):
        assign(since=at - 2 * DAY, person=marta)
    with pytest.raises(Refused, match="plan_period"):
        assign(until=at, person=marta)
    with pytest.raises(Refused, match="plan_assign_whom"):
        assign(person=marta, role="seller")
    with pytest.raises(Refused, match="choice_unknown"):
        assign(role="king")
    made = assign(person=marta)
    with pytest.raises(Refused, match="plan_assigned_twice"):
        plan_assignments.assign(by=ada, at=at, plan=plan.plan, since=at + DAY, person=marta)
    plan_assignments.end(by=ada, at=at, assignment=made, until=at + DAY)
    plan_assignments.assign(by=ada, at=at, plan=plan.plan, since=at + DAY, person=marta)
    assert Event.objects.filter(kind="plan.assignment_ended").count() == 1


def test_one_that_never_began_is_gone(plan, marta, ada, at):
    made = plan_assignments.assign(by=ada, at=at, plan=plan.plan, since=at + DAY, person=marta)
    assert plan_assignments.end(by=ada, at=at, assignment=made, until=at) is None
    assert not Assignment.objects.exists()


def test_who_is_covered_reads_the_version_in_force_and_those_ahead(
    plan, branch, marta, tomek, ada, irena, at, django_assert_num_queries
):
    ahead = plans.publish_plan(by=None, at=at, name="", valid_from=at + 30 * DAY)
    assert unread(marta, at) == [plan, ahead]
    assert unread(tomek, at) == [plan, ahead]
    assert unread(irena, at) == []
    plan_acknowledgements.acknowledge(by=marta, at=at, version=ahead)
    plan_acknowledgements.acknowledge(by=marta, at=at, version=ahead)
    assert Event.objects.filter(kind="plan.acknowledged").count() == 1
    plan_acknowledgements.acknowledge(by=marta, at=at, version=plan)
    with django_assert_num_queries(1):
        assert unread(marta, at) == []


def test_a_nearer_plan_ahead_is_told_a_farther_one_is_not(plan, branch, marta, kamil, ada, at):
    mine = further(at, "Marta")
    plan_assignments.assign(by=ada, at=at, plan=mine.plan, since=at, person=marta)
    firm_wide = plans.publish_plan(by=None, at=at, name="", valid_from=at + 30 * DAY)
    assert unread(marta, at) == [mine]
    assert unread(kamil, at) == [plan, firm_wide]
    with pytest.raises(Refused, match="plan_not_yours"):
        plan_acknowledgements.acknowledge(by=kamil, at=at, version=mine)


def test_a_draft_is_not_read(plan, branch, marta, tomek, at):
    from polecam.actions import plan_drafts

    draft = plan_drafts.start(by=tomek, at=at, branch=branch, name="Nasz", template="bank")
    with pytest.raises(Refused, match="plan_not_published"):
        plan_acknowledgements.acknowledge(by=marta, at=at, version=draft)
    elsewhere = Branch.objects.create(name="Oddział Nowa Huta", created_at=at)
    assert unread(person(elsewhere, "seller", "Ola", "Mak", "f", at=at), at) == [plan]


def test_nobody_plans_for_people_of_a_branch_they_do_not_manage(plan, branch, ada, at):
    other = Branch.objects.create(name="Oddział Ruczaj", created_at=at)
    stranger = person(other, "seller", "Ruta", "Sowa", "f", at=at)
    own = plans.publish_plan(by=None, at=at, name="Podgórze", branch=branch)
    for whom in ({"person": stranger}, {"branch": other}):
        with pytest.raises(NotAllowed):
            plan_assignments.assign(by=ada, at=at, plan=own.plan, since=at, **whom)
    assert not Assignment.objects.exists()
