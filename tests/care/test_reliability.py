"""Reliability is a property of sources, never of people; a no-show lowers nobody's figures."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import referrals_work
from polecam.actions.warmth import set_warmth
from polecam.insights import branch, reliability, seller, tallies, team
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import month_of
from polecam.referrals.models import Meeting, StageTally
from tests.referrals.growing import consented

ZONE = "Europe/Warsaw"
HOUR = timedelta(hours=1)


def rows(meetings):
    return [
        reliability._Row(seller, came, ((reliability.WARM, warmth),))
        for seller, came, warmth in meetings
    ]


MEETINGS = st.lists(
    st.tuples(st.integers(1, 7), st.booleans(), st.sampled_from(["asked", "told", "waits"])),
    max_size=120,
)


@given(MEETINGS)
def test_a_source_is_told_only_from_eight_meetings_of_five_people(meetings):
    for source in reliability.sources(rows(meetings)):
        cell = [(who, came) for who, came, warmth in meetings if warmth == source.value]
        assert len(cell) == source.meetings >= 8
        assert len({who for who, _came in cell}) >= 5
        assert source.came == sum(came for _who, came in cell)
        assert 0 <= source.low_bp <= source.chance_bp <= source.high_bp <= 10_000


@given(MEETINGS, st.randoms())
def test_the_order_of_meetings_does_not_matter(meetings, rng):
    mixed = list(meetings)
    rng.shuffle(mixed)
    assert reliability.sources(rows(meetings)) == reliability.sources(rows(mixed))


@given(st.integers(8, 60), st.integers(0, 60))
def test_one_more_friend_who_came_never_lowers_the_chance(meetings, came):
    came = min(came, meetings)
    told = [(number % 5, number < came, "told") for number in range(meetings)]
    before = reliability.sources(rows(told))[0].chance_bp
    after = reliability.sources(rows([*told, (0, True, "told")]))[0].chance_bp
    assert after >= before


def figures(person, at):
    """What the seller and others see of the seller's work."""
    month = month_of(at, ZONE)
    money = seller.my_money(person, month, at=at, zone=ZONE, now=month)
    return {
        "tallies": list(StageTally.objects.order_by("id").values()),
        "team": team.week_of([person.memberships.get().branch_id], at).count(),
        "confirmed": money.view,
        "probable": money.probable_grosze,
    }


@pytest.mark.django_db
def test_a_no_show_and_no_interest_lower_no_figure_of_a_seller(anna, marta, plan, at):
    sat = consented(anna, at=at - 5 * HOUR, plan=plan.pk)
    referrals_work.set_meeting(by=marta, at=at - 4 * HOUR, referral=sat, meeting_at=at - 2 * HOUR)
    before = figures(marta, at)
    referrals_work.miss_meeting(by=marta, at=at - HOUR, meeting=Meeting.objects.get())
    assert figures(marta, at) == before
    referrals_work.lose(by=marta, at=at, referral=sat, reason="no_need")
    assert figures(marta, at) == before
    assert not list(tallies.problems(ZONE)) or StageTally.objects.count() == 0
    assert "lost" not in branch.STAGES


@pytest.mark.django_db
def test_warmth_is_noted_by_whoever_brought_it(anna, marta, kamil, at):
    referral = consented(anna, at=at)
    assert set_warmth(by=marta, at=at, referral=referral, warmth="waits").warmth == "waits"
    assert set_warmth(by=marta, at=at, referral=referral, warmth="").warmth == ""
    with pytest.raises(NotAllowed):
        set_warmth(by=kamil, at=at, referral=referral, warmth="told")
    with pytest.raises(Refused) as refused:
        set_warmth(by=marta, at=at, referral=referral, warmth="hot")
    assert refused.value.code == "unknown_warmth"
