"""What waits on Today and on Fair: a version to read, a draft to approve, one that came back."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import translation

from polecam.actions import plan_acknowledgements, plan_drafts, plan_publishing
from polecam.web.ui.waits import plans

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def polish():
    cache.clear()
    with translation.override("pl"):
        yield
    cache.clear()


def said(person, at) -> list[tuple[str, str]]:
    cache.clear()  # nothing is remembered for a minute
    return [(wait.title, wait.url.split("/")[-2]) for wait in plans.waits(person, at)]


def test_from_the_writer_to_the_approver_to_the_team(branch, tomek, pawel, marta, at):
    draft = plan_drafts.start(by=tomek, at=at, branch=branch, name="Plan", template="bank")
    assert said(pawel, at) == []
    plan_publishing.submit(by=tomek, at=at, version=draft)
    assert said(pawel, at) == [("Plan premii czeka na drugą osobę", "approve")]
    assert said(tomek, at) == []
    plan_publishing.send_back(by=pawel, at=at, version=draft, reason="Jeszcze raz.")
    assert said(pawel, at) == []
    assert said(tomek, at) == [("Szkic planu premii wrócił do Ciebie", draft.public_id)]
    plan_publishing.submit(by=tomek, at=at, version=draft)
    version = plan_publishing.approve(by=pawel, at=at, version=draft)
    assert said(marta, at) == [("Nowy plan premii, do spokojnego przeczytania", "read")]
    assert said(marta, version.valid_from)[0][0] == "Twój plan premii, do przeczytania"
    plan_acknowledgements.acknowledge(by=marta, at=at, version=version)
    assert said(marta, at + timedelta(days=60)) == []
    assert said(pawel, at) == []


def test_nothing_is_asked_again_within_a_minute(plan, marta, at, django_assert_num_queries):
    plan_acknowledgements.acknowledge(by=marta, at=at, version=plan)
    assert plans.waits(marta, at) == []
    with django_assert_num_queries(0):
        assert plans.waits(marta, at) == []
