"""Working a referral: contacts, meetings, next steps, and the end; only by its holder."""

from datetime import timedelta

import pytest

from polecam.actions import meetings, referrals_work
from polecam.bonuses.models import CreditedFact
from polecam.claims.models import Claim
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.referrals.models import Contact, Meeting, StageTally
from tests.cast import ZONE
from tests.referrals.growing import captured, consented


@pytest.fixture
def kasia(anna, plan, at):
    """Katarzyna, who agreed to a call a week ago."""
    return consented(anna, at=at - timedelta(days=7), plan=plan.pk)


def kinds(referral):
    rows = Event.objects.filter(subject=referral.public_id).order_by("id")
    return list(rows.values_list("kind", flat=True))


def test_a_contact_that_reached_moves_on_and_secures(kasia, marta, at):
    claim = Claim.objects.get(referral=kasia)
    claim.until = at + timedelta(days=2)
    claim.save()
    referrals_work.log_contact(by=marta, at=at, referral=kasia, channel="phone", result="no_answer")
    kasia.refresh_from_db()
    assert kasia.state == "consented"
    assert kinds(kasia) == ["referral.contacted"]
    referrals_work.log_contact(by=marta, at=at, referral=kasia, channel="phone", result="reached")
    kasia.refresh_from_db()
    claim.refresh_from_db()
    assert kasia.state == "contacted"
    assert claim.until == at + timedelta(days=30)
    assert kasia.erase_at == at + timedelta(days=365)


def test_no_contact_without_consent_for_the_channel(kasia, marta, at):
    for channel in ("email", "sms", "visit", "pigeon"):
        with pytest.raises(Refused, match="no_consent"):
            referrals_work.log_contact(
                by=marta, at=at, referral=kasia, channel=channel, result="reached"
            )
    assert not Contact.objects.exists()


def test_a_contact_is_logged_once_for_one_form(kasia, marta, at):
    for _ in range(2):
        referrals_work.log_contact(
            by=marta, at=at, referral=kasia, channel="phone", result="no_answer", key="form-1"
        )
    assert Contact.objects.count() == 1
    with pytest.raises(Refused, match="key_reused"):
        referrals_work.log_contact(
            by=marta, at=at, referral=kasia, channel="phone", result="reached", key="form-1"
        )


def test_before_consent_nothing_is_worked(anna, marta, at):
    piotr = captured(anna, at=at)
    with pytest.raises(Refused, match="referral_waits"):
        referrals_work.log_contact(
            by=marta, at=at, referral=piotr, channel="phone", result="reached"
        )


def every_work(referral, meeting, at):
    """Each act of work, ready to be tried by somebody."""
    tomorrow = (at + timedelta(days=1)).date()
    work = referrals_work
    return [
        lambda by: work.log_contact(
            by=by, at=at, referral=referral, channel="phone", result="reached"
        ),
        lambda by: work.set_meeting(
            by=by, at=at, referral=referral, meeting_at=at + timedelta(days=1)
        ),
        lambda by: work.hold_meeting(by=by, at=at, meeting=meeting),
        lambda by: work.miss_meeting(by=by, at=at, meeting=meeting),
        lambda by: work.plan_step(by=by, at=at, referral=referral, step="call", on=tomorrow),
        lambda by: work.lose(by=by, at=at, referral=referral, reason="no_need"),
    ]


def test_nobody_works_anothers_referral(kasia, marta, kamil, tomek, ada, irena, pawel, at):
    meeting = Meeting.objects.create(referral=kasia, at=at - timedelta(hours=1), set_by=marta)
    before = Event.objects.count()
    for act in every_work(kasia, meeting, at):
        for other in (kamil, tomek, ada, irena, pawel):
            with pytest.raises(NotAllowed):
                act(other)
    assert Event.objects.count() == before


def test_when_exclusivity_is_over_work_stops(kasia, marta, at):
    late = at + timedelta(days=100)
    on = day_of(late, ZONE)
    with pytest.raises(Refused, match="claim_over"):
        referrals_work.plan_step(by=marta, at=late, referral=kasia, step="call", on=on)


def test_meeting_set_moved_and_held(kasia, marta, at):
    first = referrals_work.set_meeting(
        by=marta, at=at, referral=kasia, meeting_at=at + timedelta(days=2)
    )
    again = referrals_work.set_meeting(
        by=marta, at=at, referral=kasia, meeting_at=at + timedelta(days=2)
    )
    moved = referrals_work.set_meeting(
        by=marta, at=at, referral=kasia, meeting_at=at + timedelta(days=3)
    )
    assert first == again == moved
    assert Event.objects.filter(kind="referral.meeting_set").count() == 2
    with pytest.raises(Refused, match="meeting_ahead"):
        referrals_work.hold_meeting(by=marta, at=at, meeting=moved)
    later = at + timedelta(days=4)
    referrals_work.hold_meeting(by=marta, at=later, meeting=moved)
    referrals_work.hold_meeting(by=marta, at=later, meeting=moved)
    assert Event.objects.filter(kind="referral.meeting_held").count() == 1
    assert StageTally.objects.get().meetings == 1
    with pytest.raises(Refused, match="meeting_settled"):
        referrals_work.miss_meeting(by=marta, at=later, meeting=moved)


def test_a_no_show_never_lowers_figures(kasia, marta, at):
    for _ in range(2):
        meeting = referrals_work.set_meeting(
            by=marta, at=at, referral=kasia, meeting_at=at - timedelta(hours=2)
        )
        referrals_work.hold_meeting(by=marta, at=at, meeting=meeting)
    before = StageTally.objects.values().get()
    meeting = referrals_work.set_meeting(
        by=marta, at=at, referral=kasia, meeting_at=at - timedelta(hours=1)
    )
    referrals_work.miss_meeting(by=marta, at=at, meeting=meeting)
    kasia.refresh_from_db()
    assert StageTally.objects.values().get() == before
    assert before["meetings"] == 1  # a referral reaches the stage once
    assert kasia.state == "meeting"


def test_the_boss_confirms_a_meeting_and_it_pays_once(kasia, marta, tomek, at):
    for hours in (5, 3):
        meeting = referrals_work.set_meeting(
            by=marta, at=at, referral=kasia, meeting_at=at - timedelta(hours=hours)
        )
        with pytest.raises(Refused, match="meeting_not_held"):
            meetings.confirm(by=tomek, at=at, meeting=meeting)
        referrals_work.hold_meeting(by=marta, at=at, meeting=meeting)
        meetings.confirm(by=tomek, at=at, meeting=meeting)
        meetings.confirm(by=tomek, at=at, meeting=meeting)
    assert CreditedFact.objects.filter(kind="meeting").count() == 1
    assert CreditedFact.objects.filter(kind="consent").count() == 1


def test_the_friend_confirms_by_the_own_link(kasia, marta, at):
    meeting = referrals_work.set_meeting(
        by=marta, at=at, referral=kasia, meeting_at=at + timedelta(hours=1)
    )
    with pytest.raises(Refused, match="meeting_ahead"):
        meetings.confirm(by=None, at=at, meeting=meeting)
    meetings.confirm(by=None, at=at + timedelta(hours=2), meeting=meeting)
    meeting.refresh_from_db()
    assert meeting.held_at == meeting.confirmed_at == at + timedelta(hours=2)
    assert CreditedFact.objects.filter(kind="meeting", person=marta).exists()


def test_nobody_confirms_the_own_meeting(branch, tomek, ada, plan, at):
    from tests.cast import client

    own = consented(
        client(branch, tomek, "Ewa", "Polak", at=at), at=at - timedelta(days=3), plan=plan.pk
    )
    meeting = referrals_work.set_meeting(
        by=tomek, at=at, referral=own, meeting_at=at - timedelta(hours=1)
    )
    referrals_work.hold_meeting(by=tomek, at=at, meeting=meeting)
    with pytest.raises(Refused, match="own_confirmation"):
        meetings.confirm(by=tomek, at=at, meeting=meeting)
    assert not CreditedFact.objects.exists()
    meetings.confirm(by=ada, at=at, meeting=meeting)
    assert CreditedFact.objects.filter(kind="meeting", person=tomek).exists()


def test_a_seller_never_confirms(kasia, marta, kamil, at):
    meeting = referrals_work.set_meeting(
        by=marta, at=at, referral=kasia, meeting_at=at - timedelta(hours=1)
    )
    referrals_work.hold_meeting(by=marta, at=at, meeting=meeting)
    for seller in (marta, kamil):
        with pytest.raises(NotAllowed):
            meetings.confirm(by=seller, at=at, meeting=meeting)


def test_next_step_and_reminder(kasia, marta, at):
    day = (at + timedelta(days=3)).date()
    for _ in range(2):
        referrals_work.plan_step(by=marta, at=at, referral=kasia, step="decision", on=day)
    kasia.refresh_from_db()
    assert kasia.next_step == "decision"
    assert kinds(kasia) == ["referral.next_step"]
    for wrong in ((at - timedelta(days=2)).date(), (at + timedelta(days=400)).date()):
        with pytest.raises(Refused, match="step_day"):
            referrals_work.plan_step(by=marta, at=at, referral=kasia, step="call", on=wrong)


def test_a_quiet_end(kasia, marta, at):
    with pytest.raises(Refused, match="lost_reason"):
        referrals_work.lose(by=marta, at=at, referral=kasia, reason="she was rude")
    referrals_work.lose(by=marta, at=at, referral=kasia, reason="no_need")
    kasia.refresh_from_db()
    assert (kasia.state, kasia.lost_reason) == ("lost", "no_need")
    assert not Claim.objects.filter(ended_at=None).exists()
    referrals_work.lose(by=marta, at=at, referral=kasia, reason="no_need")
    assert Event.objects.filter(kind="referral.lost").count() == 1
    with pytest.raises(Refused, match="referral_ended"):
        referrals_work.lose(by=marta, at=at, referral=kasia, reason="not_now")
