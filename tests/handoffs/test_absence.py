"""Absence cover: work goes to whoever stands in, and comes back by itself."""

from datetime import date, timedelta

import pytest

from polecam.actions import absences, referrals_work, sales
from polecam.claims.contact import reveal
from polecam.claims.handoffs import queries
from polecam.claims.models import Handoff
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed
from polecam.kit.periods import day_bounds
from polecam.people.models import Absence
from polecam.privacy.models import Consent
from tests import cast
from tests.handoffs.support import (
    DAY,
    HOUR,
    ZONE,
    branch_wide,
    consented,
    floors,
    friend_says,
    holder,
    offered,
    parts,
    taken,
    today,
)
from tests.handoffs.test_offer import refused


@pytest.fixture
def kasia(anna, at):
    """Marta's referral; the friend's consent named the branch."""
    return branch_wide(anna, at=at - 3 * DAY)


def away(person, cover, at, *, days: int = 5, by=None, start: int = 0) -> Absence:
    since = today(at) + timedelta(days=start)
    return absences.plan(
        by=by or person,
        at=at,
        person=person,
        since=since,
        until=since + timedelta(days=days),
        cover=cover,
    )


def first_moment(day: date):
    return day_bounds(day, ZONE)[0]


def test_from_today_the_work_goes_to_the_cover_at_once(kasia, marta, kamil, at):
    absence = away(marta, kamil, at)
    assert holder(kasia) == kamil
    assert parts(kasia) == {"Marta": 8_000, "Kamil": 2_000}
    assert floors(kasia) == {"Marta": 3_000}
    handoff = Handoff.objects.get()
    assert (handoff.kind, handoff.state, handoff.until) == (
        "absence",
        "done",
        first_moment(absence.until),
    )
    assert reveal(kamil, kasia, "phone", at)
    with pytest.raises(NotAllowed):
        reveal(marta, kasia, "phone", at)


def test_on_its_first_day_and_back_on_the_day_of_return(kasia, marta, kamil, at):
    absence = away(marta, kamil, at, start=3)
    assert holder(kasia) == marta
    first = first_moment(absence.since)
    assert absences.keep_up(at=first - HOUR) == 0
    assert absences.keep_up(at=first) == 1
    assert absences.keep_up(at=first) == 0, "twice is once"
    assert holder(kasia) == kamil
    back = first_moment(absence.until)
    absences.keep_up(at=back - HOUR)
    assert holder(kasia) == kamil
    absences.keep_up(at=back)
    events = Event.objects.count()
    assert absences.keep_up(at=back) == 0
    assert Event.objects.count() == events
    assert (holder(kasia), parts(kasia)) == (marta, {"Marta": 10_000})
    assert floors(kasia) == {"Marta": 3_000}
    assert Handoff.objects.get().state == "returned"
    assert reveal(marta, kasia, "phone", back)
    with pytest.raises(NotAllowed):
        reveal(kamil, kasia, "phone", back)


def test_i_am_back_earlier(kasia, marta, kamil, tomek, at):
    absence = away(marta, kamil, at)
    with pytest.raises(NotAllowed):
        absences.end(by=kamil, at=at + DAY, absence=absence)
    absences.end(by=marta, at=at + DAY, absence=absence)
    absences.end(by=marta, at=at + DAY, absence=absence)
    assert (holder(kasia), parts(kasia)) == (marta, {"Marta": 10_000})
    assert Event.objects.filter(kind="absence.ended").count() == 1
    assert absences.keep_up(at=at + DAY) == 0, "whoever is back is not covered again"
    assert holder(kasia) == marta


def test_called_off_before_its_first_day(kasia, marta, kamil, at):
    absence = away(marta, kamil, at, start=3)
    absences.end(by=marta, at=at, absence=absence)
    absences.keep_up(at=first_moment(absence.since))
    assert holder(kasia) == marta


def test_a_cover_who_held_a_meeting_keeps_the_agreed_part(kasia, marta, kamil, at):
    absence = away(marta, kamil, at)
    meeting = referrals_work.set_meeting(
        by=kamil, at=at + HOUR, referral=kasia, meeting_at=at + HOUR
    )
    referrals_work.hold_meeting(by=kamil, at=at + 2 * HOUR, meeting=meeting)
    absences.end(by=marta, at=at + DAY, absence=absence)
    assert holder(kasia) == marta
    assert parts(kasia) == {"Marta": 8_000, "Kamil": 2_000}


def test_what_the_cover_won_stays_won_and_does_not_return(kasia, marta, kamil, at):
    absence = away(marta, kamil, at)
    sales.report(
        by=kamil,
        at=at,
        referral=kasia,
        value_grosze=1_000_000,
        margin_grosze=100_000,
        sold_on=today(at),
    )
    absences.end(by=marta, at=at + DAY, absence=absence)
    assert holder(kasia) == kamil
    assert parts(kasia) == {"Marta": 8_000, "Kamil": 2_000}
    assert Handoff.objects.get().state == "done"
    assert absences.keep_up(at=at + DAY) == 0


def test_a_later_agreement_outlives_the_absence(kasia, marta, kamil, at):
    from polecam.actions import credit
    from polecam.claims.rules import Part

    absence = away(marta, kamil, at)
    agreed = [Part(marta.pk, 7_000), Part(kamil.pk, 3_000, "closer")]
    credit.share_anew(kasia, agreed, by=marta, at=at, reason="agreed", source="p1")
    absences.end(by=marta, at=at + DAY, absence=absence)
    assert (holder(kasia), parts(kasia)) == (marta, {"Marta": 7_000, "Kamil": 3_000})


def test_where_the_consent_did_not_name_the_branch_the_friend_is_asked(anna, marta, kamil, at):
    referral = consented(anna, at=at - DAY, channels=("phone", "email"))
    absence = away(marta, kamil, at)
    assert holder(referral) == marta
    handoff = Handoff.objects.get()
    assert (handoff.state, handoff.asked_friend_at) == ("accepted", at)
    friend_says(handoff, True, at + HOUR)
    assert holder(referral) == kamil
    assert reveal(kamil, referral, "phone", at + HOUR)
    absences.end(by=marta, at=at + DAY, absence=absence)
    assert holder(referral) == marta
    assert reveal(marta, referral, "phone", at + DAY), "the friend named Marta before"
    with pytest.raises(NotAllowed):
        reveal(kamil, referral, "phone", at + DAY)


def test_a_yes_to_a_cover_ends_with_the_absence(anna, marta, kamil, at):
    """The friend read: while Marta is away. For good they are asked once more."""
    referral = consented(anna, at=at - DAY, channels=("phone",))
    absence = away(marta, kamil, at)
    friend_says(Handoff.objects.get(), True, at + HOUR)
    back = at + DAY
    absences.end(by=marta, at=back, absence=absence)
    in_force = Consent.objects.filter(referral=referral.public_id, withdrawn_at=None)
    assert [consent.receiver for consent in in_force] == [marta]
    handoff = taken(offered(referral, marta, kamil, back), kamil, back)
    assert (handoff.state, holder(referral)) == ("accepted", marta)


def test_a_boss_who_plans_an_absence_reads_no_hand_off_by_it(kasia, marta, kamil, tomek, at):
    """Without the monitoring notice a manager knows of no named activity."""
    away(marta, kamil, at, by=tomek)
    assert holder(kasia) == kamil
    assert not queries.visible_to(tomek, at=at + HOUR).exists()


def test_a_no_of_the_friend_is_not_asked_again(anna, marta, kamil, at):
    referral = consented(anna, at=at - DAY)
    away(marta, kamil, at)
    friend_says(Handoff.objects.get(), False, at + HOUR)
    assert absences.keep_up(at=at + DAY) == 0
    assert (holder(referral), Handoff.objects.count()) == (marta, 1)


def test_a_friend_still_waiting_at_the_end_is_left_in_peace(anna, marta, kamil, at):
    referral = consented(anna, at=at - DAY)
    absence = away(marta, kamil, at)
    absences.end(by=marta, at=at + DAY, absence=absence)
    assert Handoff.objects.get().state == "expired"
    assert holder(referral) == marta
    refused("handoff_over", lambda: friend_says(Handoff.objects.get(), True, at + DAY))


def test_what_becomes_live_during_the_absence_is_covered_too(anna, marta, kamil, at):
    away(marta, kamil, at)
    later = branch_wide(anna, at=at + HOUR, first="Ewa", phone="+48600200300")
    assert absences.keep_up(at=at + 2 * HOUR) == 1
    assert holder(later) == kamil


def test_an_offer_that_runs_is_left_alone(kasia, marta, kamil, tomek, at):
    handoff = offered(kasia, marta, tomek, at)
    away(marta, kamil, at)
    assert holder(kasia) == marta
    taken(handoff, tomek, at + HOUR)
    assert holder(kasia) == tomek


def test_only_the_own_part_of_whoever_is_away_is_shared(kasia, marta, kamil, tomek, at):
    taken(offered(kasia, marta, kamil, at), kamil, at)
    away(kamil, tomek, at)
    assert holder(kasia) == tomek
    assert parts(kasia) == {"Marta": 6_000, "Kamil": 800, "Tomasz": 3_200}


def test_the_boss_plans_it_for_somebody_who_cannot(kasia, marta, kamil, tomek, at):
    away(marta, kamil, at, by=tomek)
    assert holder(kasia) == kamil
    assert parts(kasia)["Marta"] >= 3_000
    assert Event.objects.get(kind="absence.planned").by_id == tomek.pk


def test_without_a_cover_the_work_stays_and_no_offer_comes(kasia, marta, at):
    away(marta, None, at)
    assert holder(kasia) == marta
    assert not Handoff.objects.exists()


def test_the_same_plan_twice_is_one(kasia, marta, kamil, at):
    away(marta, kamil, at, start=3)
    away(marta, kamil, at, start=3)
    assert Absence.objects.count() == 1


def test_what_is_refused(kasia, marta, kamil, tomek, ada, firm, at):
    from polecam.organisation.models import Branch

    far = Branch.objects.create(name="Oddział Krowodrza", created_at=at)
    stranger = cast.person(far, "seller", "Olga", "Obca", "f", at=at)
    refused("absence_days", lambda: away(marta, kamil, at, days=0))
    refused("absence_days", lambda: away(marta, kamil, at, start=-1))
    refused("absence_days", lambda: away(marta, kamil, at, days=367))
    refused("cover_oneself", lambda: away(marta, marta, at))
    refused("cover_unfit", lambda: away(marta, stranger, at))
    refused("cover_unfit", lambda: away(marta, ada, at))
    refused("not_allowed", lambda: away(marta, kamil, at, by=kamil))
    refused("not_allowed", lambda: away(marta, kamil, at, by=stranger))
    away(marta, kamil, at, start=2)
    refused("absence_overlaps", lambda: away(marta, tomek, at, start=4))
    refused("cover_away", lambda: away(tomek, marta, at, start=6, days=1))
    refused("absence_covers", lambda: away(kamil, tomek, at, start=2, days=1))
    assert away(marta, kamil, at, start=7, days=1), "half-open: the day of return is free"


def test_a_cover_who_left_meanwhile_gets_nothing(kasia, marta, kamil, at):
    absence = away(marta, kamil, at, start=1)
    kamil.is_active = False
    kamil.save()
    assert absences.keep_up(at=first_moment(absence.since)) == 0
    assert holder(kasia) == marta


def test_whoever_left_during_an_absence_gets_nothing_back(kasia, marta, kamil, at):
    absence = away(marta, kamil, at)
    marta.is_active = False
    marta.save()
    absences.keep_up(at=first_moment(absence.until))
    assert holder(kasia) == kamil
    assert absences.keep_up(at=first_moment(absence.until)) == 0
