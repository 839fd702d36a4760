"""Four eyes: one person submits, another approves or sends back; published, nothing changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from polecam.actions import plan_drafts, plan_publishing
from polecam.bonuses.models import Component, PlanVersion
from polecam.bonuses.planning.queries import draft_of, may_approve, returned_to, to_approve
from polecam.bonuses.queries import version_in_force
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_bounds, day_of
from tests.cast import ZONE
from tests.plans.drafts import table

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def begun(branch, tomek, at) -> PlanVersion:
    return plan_drafts.start(by=tomek, at=at, branch=branch, name="Plan oddziału", template="bank")


@pytest.fixture
def waiting(begun, tomek, at) -> PlanVersion:
    return plan_publishing.submit(by=tomek, at=at, version=begun)


def change(version, by, at, **terms):
    draft = replace(draft_of(version), **terms)
    return plan_drafts.save(by=by, at=at, version=version, draft=draft, seen=None)


def test_a_second_person_publishes_what_the_first_submitted(waiting, branch, tomek, pawel, at):
    assert list(to_approve(pawel)) == [waiting]
    assert may_approve(pawel, waiting)
    published = plan_publishing.approve(by=pawel, at=at, version=waiting, seen=waiting.submitted_at)
    assert (published.submitted_by, published.published_by) == (tomek, pawel)
    assert version_in_force(None, branch.pk, at) is None
    assert version_in_force(None, branch.pk, published.valid_from) == published
    event = Event.objects.get(kind="plan.published")
    assert (event.by_id, event.data["number"]) == (pawel.pk, 1)
    assert not to_approve(pawel).exists()


def test_nobody_approves_what_they_submitted(begun, ada, at):
    begun = plan_publishing.submit(by=ada, at=at, version=begun)
    assert not may_approve(ada, begun)
    assert not to_approve(ada).exists()
    for act in (
        lambda: plan_publishing.approve(by=ada, at=at, version=begun),
        lambda: plan_publishing.send_back(by=ada, at=at, version=begun, reason="Nie"),
    ):
        with pytest.raises(Refused, match="plan_own_draft"):
            act()


def test_nor_does_the_database_let_them(waiting, tomek, at):
    waiting.published_at, waiting.published_by = at, tomek
    with pytest.raises(DatabaseError), transaction.atomic():
        waiting.save()


def test_only_who_may(waiting, marta, tomek, irena, at):
    for person in (marta, irena):
        with pytest.raises(NotAllowed):
            plan_publishing.approve(by=person, at=at, version=waiting)
    with pytest.raises(NotAllowed):
        plan_publishing.withdraw(by=marta, at=at, version=waiting)


def test_a_submitted_draft_stands_still_until_taken_back(waiting, tomek, pawel, at):
    with pytest.raises(Refused, match="plan_submitted"):
        change(waiting, tomek, at, hold_days=40)
    seen = waiting.submitted_at
    plan_publishing.withdraw(by=tomek, at=at, version=waiting)
    with pytest.raises(Refused, match="plan_not_submitted"):
        plan_publishing.approve(by=pawel, at=at, version=waiting)
    change(waiting, tomek, at, hold_days=40)
    plan_publishing.submit(by=tomek, at=at + DAY, version=waiting)
    with pytest.raises(Refused, match="plan_draft_moved_on"):  # read before it changed
        plan_publishing.approve(by=pawel, at=at + DAY, version=waiting, seen=seen)


def test_it_comes_back_with_a_reason(waiting, tomek, pawel, at):
    with pytest.raises(Refused, match="plan_reason"):
        plan_publishing.send_back(by=pawel, at=at, version=waiting, reason="  ")
    plan_publishing.send_back(by=pawel, at=at, version=waiting, reason=" Za wysoka stawka. ")
    (back,) = returned_to(tomek)
    assert (back.returned_by, back.returned_reason) == (pawel, "Za wysoka stawka.")
    assert "stawka" not in str(Event.objects.get(kind="plan.returned").data)
    plan_publishing.submit(by=tomek, at=at, version=waiting)
    assert not returned_to(tomek).exists()


def test_errors_keep_it_from_being_submitted_and_approved(begun, tomek, pawel, at):
    sound = draft_of(begun)
    change(begun, tomek, at, components=(table((0, 5, 1), (7, None, 2)),))
    with pytest.raises(Refused, match="plan_has_problems") as caught:
        plan_publishing.submit(by=tomek, at=at, version=begun)
    assert (caught.value.params["count"], caught.value.field) == (1, "components-1-bands-2-lower")
    change(begun, tomek, at, components=sound.components, clawback_days=0)
    with pytest.raises(Refused, match="plan_needs_clawback"):
        plan_publishing.submit(by=tomek, at=at, version=begun)
    change(begun, tomek, at, clawback_days=90)
    plan_publishing.submit(by=tomek, at=at, version=begun)
    with pytest.raises(Refused, match="plan_backwards"):  # its day has passed meanwhile
        plan_publishing.approve(by=pawel, at=begun.valid_from + DAY, version=begun)


def test_meant_from_today_it_holds_from_its_approval(begun, branch, tomek, pawel, at):
    change(begun, tomek, at, valid_from=day_bounds(day_of(at, ZONE), ZONE)[0])
    plan_publishing.submit(by=tomek, at=at, version=begun)
    published = plan_publishing.approve(by=pawel, at=at, version=begun)
    assert published.valid_from == at
    assert version_in_force(None, branch.pk, at) == published


def test_one_version_from_one_moment(waiting, branch, tomek, pawel, at):
    published = plan_publishing.approve(by=pawel, at=at, version=waiting)
    again = plan_drafts.start(by=tomek, at=at, branch=branch, copy_of=published)
    with pytest.raises(Refused, match="plan_version_same_day"):
        plan_publishing.submit(by=tomek, at=at, version=again)


def test_published_it_never_changes(waiting, tomek, pawel, at):
    plan_publishing.approve(by=pawel, at=at, version=waiting)
    for act in (
        lambda: change(waiting, tomek, at, hold_days=40),
        lambda: plan_drafts.discard(by=tomek, at=at, version=waiting),
    ):
        with pytest.raises(Refused, match="plan_published"):
            act()
    for write in (
        lambda: PlanVersion.objects.filter(pk=waiting.pk).update(hold_days=1),
        lambda: Component.objects.filter(version=waiting).update(amount_grosze=1),
        lambda: Component.objects.create(
            version=waiting, position=9, fact_kind="meeting", amount_grosze=1
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()
