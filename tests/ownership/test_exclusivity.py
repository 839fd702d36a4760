"""Exclusivity: what counts as work, what follows its end, and who is reminded when."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import claim_ends, claim_reminders, claims, referrals_work
from polecam.claims import rules
from polecam.claims.contact import reveal
from polecam.claims.models import Claim, Handoff
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages.models import Message
from polecam.organisation.models import Setting
from polecam.privacy.models import Consent
from polecam.referrals.queries import visible_to
from polecam.web.ui.waits import claims as waits
from polecam.worker.readers import claims as reader
from tests.privacy.friend import capture, say_yes
from tests.referrals.growing import consented

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def setting(key: str, value, at) -> None:
    Setting.objects.create(key=key, value=value, valid_from=at, set_at=at)


def end_of(referral) -> object:
    return Claim.objects.get(referral=referral, ended_at=None).until


DEEDS = {
    "nothing": lambda r, by, at: None,
    "attempt": lambda r, by, at: referrals_work.log_contact(
        by=by, at=at, referral=r, channel="phone", result="no_answer"
    ),
    "reached": lambda r, by, at: referrals_work.log_contact(
        by=by, at=at, referral=r, channel="phone", result="reached"
    ),
    "meeting": lambda r, by, at: referrals_work.set_meeting(
        by=by, at=at, referral=r, meeting_at=at + DAY
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize(
    ("wanted", "counts"),
    [
        ("attempt", {"attempt", "reached", "meeting"}),
        ("reached", {"reached", "meeting"}),
        ("meeting", {"meeting"}),
    ],
)
def test_the_firm_says_what_counts_as_work(anna, marta, at, wanted, counts, deed):
    setting("claim_work", wanted, at - 200 * DAY)
    referral = consented(anna, at=at - 80 * DAY)
    before = end_of(referral)
    DEEDS[deed](referral, marta, at)
    assert (end_of(referral) > before) == (deed in counts)


def test_what_held_when_it_began_holds_to_its_end(anna, marta, at):
    """Nobody changes the rules under a claim that runs."""
    old = consented(anna, at=at - 80 * DAY)
    for key, value in (
        ("exclusivity_days", 30),
        ("contact_secures_days", 5),
        ("claim_work", "meeting"),
        ("claim_expiry", "boss"),
    ):
        setting(key, value, at - 70 * DAY)
    assert end_of(old) - Claim.objects.get().since == 90 * DAY
    DEEDS["reached"](old, marta, at)
    assert end_of(old) == at + 30 * DAY
    new = consented(anna, at=at - 10 * DAY, phone="+48600100299", first="Ewa")
    assert end_of(new) - Claim.objects.get(referral=new).since == 90 * DAY  # written by hand
    made = say_yes(capture(anna, marta, at - DAY).invitation, at - DAY)
    claim = Claim.objects.get(referral=made)
    assert claim.until - claim.since == 30 * DAY


def expired(anna, marta, kamil, at, *, then: str, branch_named: bool = True):
    """A referral of Marta's that Kamil led until his exclusivity ended a minute ago."""
    setting("claim_expiry", then, at - 400 * DAY)
    referral = consented(anna, at=at - 91 * DAY, holder=kamil)
    Consent.objects.filter(referral=referral.public_id).update(
        names_branch=branch_named, receiver=kamil
    )
    Claim.objects.update(until=at - timedelta(minutes=1))
    claims.expire_due(at=at)
    return referral


def test_it_is_free_where_the_firm_chose_nothing_else(anna, marta, kamil, at):
    referral = expired(anna, marta, kamil, at, then="free")
    assert not Claim.objects.filter(ended_at=None).exists()
    referral.refresh_from_db()
    assert referral.originator == marta


def test_it_goes_back_to_its_author(anna, marta, kamil, at):
    referral = expired(anna, marta, kamil, at, then="originator")
    back = Claim.objects.get(ended_at=None)
    assert (back.holder, back.cause, back.since) == (marta, "return", at)
    assert back.until == at + 30 * DAY
    assert reveal(marta, referral, "phone", at)
    assert visible_to(kamil, at=at).filter(pk=referral.pk).exists(), "he sees what becomes of it"
    claims.expire_due(at=at + 31 * DAY)
    assert not Claim.objects.filter(ended_at=None).exists(), "once; then it is free"


def test_not_where_the_friend_agreed_to_the_colleague_only(anna, marta, kamil, at):
    expired(anna, marta, kamil, at, then="originator", branch_named=False)
    assert not Claim.objects.filter(ended_at=None).exists()


def test_not_to_an_author_who_has_left(anna, marta, kamil, at):
    marta.is_active = False
    marta.save()
    expired(anna, marta, kamil, at, then="originator")
    assert not Claim.objects.filter(ended_at=None).exists()


def overseen(marta, at) -> None:
    """The monitoring notice holds and Marta knows of it."""
    setting("monitoring_notice", (at - 60 * DAY).date().isoformat(), at - 60 * DAY)
    marta.notice_acknowledged_at = at - 50 * DAY
    marta.save()


def test_the_boss_proposes_who_goes_on_and_nobody_is_passed_over(
    anna, marta, kamil, tomek, plan, at, client
):
    overseen(marta, at)
    setting("claim_expiry", "boss", at - 400 * DAY)
    referral = consented(anna, at=at - 91 * DAY)
    Claim.objects.update(until=at - timedelta(minutes=1))
    claims.expire_due(at=at)
    (wait,) = waits.waits(tomek, at)
    ended = Claim.objects.get()
    assert wait.url == f"/portfolio/ended/{ended.public_id}/"
    assert not waits.waits(kamil, at)
    claim_ends.propose_who_goes_on(by=tomek, at=at, claim=ended, to=kamil)
    handoff = Handoff.objects.get()
    assert (handoff.state, handoff.giver, handoff.receiver) == ("proposed", marta, kamil)
    assert Claim.objects.get(ended_at=None).holder == marta, "hers until she has answered"
    assert not waits.waits(tomek, at)
    with pytest.raises(Refused, match="claim_running"):
        claim_ends.propose_who_goes_on(by=tomek, at=at, claim=ended, to=kamil)
    with pytest.raises(NotAllowed):
        claim_ends.propose_who_goes_on(by=kamil, at=at, claim=ended, to=kamil)
    referral.refresh_from_db()
    assert referral.originator == marta


def test_the_boss_may_let_the_same_seller_go_on(anna, marta, tomek, at):
    overseen(marta, at)
    consented(anna, at=at - 91 * DAY)
    Claim.objects.update(until=at - timedelta(minutes=1))
    claims.expire_due(at=at)
    claim_ends.propose_who_goes_on(by=tomek, at=at, claim=Claim.objects.get(), to=marta)
    again = Claim.objects.get(ended_at=None)
    assert (again.holder, again.until) == (marta, at + 30 * DAY)


@given(
    length=st.integers(1, 200),
    secures=st.lists(st.tuples(st.integers(0, 199), st.integers(1, 60)), max_size=3),
)
def test_each_end_is_reminded_of_once_at_fourteen_and_three_days(length, secures):
    """Whatever secures the claim in between: at most one reminder of each kind for each end."""
    until, reminded, told = length, None, []
    begun = dict(secures)
    for day in range(400):
        if day >= until:
            break
        if day in begun and day + begun[day] > until:
            until, reminded = day + begun[day], None
        due = rules.reminder_due(until, until - day, reminded)
        if due:
            assert until - day <= due
            reminded = due
            told.append((until, due))
    assert len(told) == len(set(told))
    assert {(until, days) for days in (14, 3) if until > days} <= set(told)


def test_a_reminder_reaches_its_holder_once_without_a_name(anna, marta, kamil, at):
    marta.language = "pl"
    marta.save()
    referral = consented(anna, at=at - 76 * DAY)
    Claim.objects.update(until=at + 14 * DAY)
    for _run in range(2):
        claim_reminders.remind_due(at=at)
    event = Event.objects.get(kind="claim.reminded")
    assert event.data["days"] == 14
    for _run in range(2):
        reader.handle(event, at)
    message = Message.objects.get()
    assert (message.to, message.person) == (marta.email, marta)
    assert f"/referrals/{referral.public_id}/" in message.body
    assert "Katarzyna" not in message.subject + message.body
    assert "za 14 dni" in message.subject
    claim_reminders.remind_due(at=at + 11 * DAY)
    assert list(
        Event.objects.filter(kind="claim.reminded").values_list("data__days", flat=True)
    ) == [14, 3]


def test_nobody_is_reminded_of_what_is_over_or_far(anna, marta, at):
    far = consented(anna, at=at - 10 * DAY)
    won = consented(anna, at=at - 80 * DAY, phone="+48600100201")
    won.state = "won"
    won.save()
    assert end_of(far) > end_of(won)
    assert claim_reminders.remind_due(at=at) == 0
    assert not Event.objects.filter(kind="claim.reminded").exists()


def test_today_says_it_calmly_in_the_last_fortnight(anna, marta, kamil, at):
    from django.utils import translation

    referral = consented(anna, at=at - 87 * DAY, first="Piotr")
    Claim.objects.update(until=at + 20 * DAY)
    assert waits.waits(marta, at) == []
    Claim.objects.update(until=at + 3 * DAY)
    with translation.override("pl"):
        (wait,) = waits.waits(marta, at)
    plain = wait.title.replace("\u00a0", " ")
    assert plain == "Wyłączność na Piotra kończy się za 3 dni."
    assert wait.sub.replace("\u00a0", " ") == "Jeden kontakt ją przedłuży."
    assert wait.url == f"/referrals/{referral.public_id}/"
    assert waits.waits(kamil, at) == []
