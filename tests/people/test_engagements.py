"""On what footing somebody works: dated, one at a time, never written by oneself."""

from datetime import timedelta

import pytest

from polecam.actions import engagements
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Engagement

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def today(at):
    return at.date()


def engage(by, at, person, since, kind="employment", full_time_bp=10_000):
    return engagements.engage(
        by=by, at=at, person=person, kind=kind, since=since, full_time_bp=full_time_bp
    )


def test_a_new_one_ends_the_one_before(pawel, marta, at, today):
    first = engage(pawel, at, marta, today - 30 * DAY)
    second = engage(pawel, at, marta, today, full_time_bp=5_000)
    first.refresh_from_db()
    assert (first.until, second.since, second.until) == (today, today, None)
    assert engage(pawel, at, marta, today + DAY, full_time_bp=5_000) == second  # the same terms
    assert Engagement.objects.count() == 2
    told = Event.objects.filter(kind__startswith="engagement.").order_by("id")
    assert [event.kind for event in told] == [
        "engagement.begun",
        "engagement.ended",
        "engagement.begun",
    ]
    assert all({"person", "since", "until"} == set(event.data) for event in told)


def test_never_backwards(pawel, marta, at, today):
    engage(pawel, at, marta, today - 30 * DAY)
    with pytest.raises(Refused, match="engagement_backwards"):
        engage(pawel, at, marta, today - 30 * DAY, kind="b2b")
    engagements.end(by=pawel, at=at, person=marta, until=today)
    with pytest.raises(Refused, match="engagement_none"):
        engagements.end(by=pawel, at=at, person=marta, until=today)
    with pytest.raises(Refused, match="engagement_backwards"):
        engage(pawel, at, marta, today - DAY)
    engage(pawel, at, marta, today, kind="civil")


@pytest.mark.parametrize(("kind", "bp"), [("other", 10_000), ("civil", 0), ("civil", 10_001)])
def test_unknown_terms_are_refused(pawel, marta, at, today, kind, bp):
    with pytest.raises(Refused, match=r"engagement_kind|engagement_part"):
        engage(pawel, at, marta, today, kind=kind, full_time_bp=bp)


def test_who_may(tomek, pawel, ada, marta, at, today):
    with pytest.raises(NotAllowed):
        engage(tomek, at, marta, today)
    with pytest.raises(Refused, match="engagement_own"):
        engage(pawel, at, pawel, today)
    engage(ada, at, pawel, today)
    marta.is_active = False
    marta.save(update_fields=["is_active"])
    with pytest.raises(Refused, match="person_left"):
        engage(pawel, at, marta, today)
