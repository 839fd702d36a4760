"""The friend's own word: nobody new sees a number before it, and it can be given in one tap."""

from datetime import timedelta

import pytest

from polecam.actions import handoff_answers, meetings, privacy, referrals_work, sales
from polecam.bonuses.models import Account, CreditedFact, Line
from polecam.claims.contact import reveal
from polecam.claims.models import Claim
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages.models import Message
from polecam.privacy import wordings
from polecam.privacy.models import Consent
from polecam.referrals.models import Referral
from polecam.worker.readers import handoffs as reader
from tests.handoffs.support import (
    DAY,
    HOUR,
    branch_wide,
    consented,
    floors,
    friend_says,
    holder,
    offered,
    parts,
    taken,
)
from tests.handoffs.test_offer import picture, refused
from tests.privacy.friend import capture, say_yes


@pytest.fixture
def piotr(anna, marta, plan, at) -> Referral:
    """A friend who agreed, through the real pages, that Marta calls and writes e-mails."""
    referral = capture(anna, marta, at - 3 * DAY, plan)
    return say_yes(referral.invitation, at - 2 * DAY, channels=["phone", "email"])


@pytest.fixture
def waiting(piotr, marta, kamil, at):
    """Kamil took it; the friend's word is missing."""
    return taken(offered(piotr, marta, kamil, at, kind="language"), kamil, at)


def deliver(at) -> None:
    for event in Event.objects.filter(kind__in=reader.KINDS).order_by("id"):
        reader.handle(event, at)


def test_until_the_friend_answers_everything_is_as_before(waiting, piotr, marta, kamil, at):
    assert waiting.state == "accepted"
    assert waiting.expires_at == at + 7 * DAY
    assert holder(piotr) == marta
    assert reveal(marta, piotr, "phone", at + HOUR)
    with pytest.raises(NotAllowed):
        reveal(kamil, piotr, "phone", at + HOUR)


def test_the_question_goes_by_what_the_friend_agreed_to_be_written_by(waiting, piotr, at):
    deliver(at)
    deliver(at)
    message = Message.objects.get(kind="handoff")
    assert message.medium == "email"
    assert "Kamil Duda" in message.body
    assert "Marta Zielinska" in message.body
    assert "/f/" in message.body
    assert waiting.asked_friend_at == at


def test_whoever_agreed_to_calls_only_is_not_written_to(anna, marta, kamil, at):
    referral = consented(anna, at=at - DAY, channels=("phone",))
    handoff = taken(offered(referral, marta, kamil, at), kamil, at)
    deliver(at)
    assert not Message.objects.exists()
    assert handoff.asked_friend_at is None


def test_yes_names_the_new_adviser_in_provable_words(waiting, piotr, marta, kamil, at):
    later = at + HOUR
    assert friend_says(waiting, True, later, language="pl").state == "done"
    given = Consent.objects.filter(referral=piotr.public_id, withdrawn_at=None)
    assert {(c.channel, c.receiver_id, c.wording.code) for c in given} == {
        ("phone", kamil.pk, "consent_phone_instead"),
        ("email", kamil.pk, "consent_email_instead"),
    }
    for consent in given:
        assert consent.confirmed_at == consent.unlocked_at == later
        assert consent.source == "handoff"
        assert consent.wording.digest == wordings.digest(consent.wording.text)
    assert Event.objects.filter(kind="handoff.agreed", by_id=None).count() == 1
    assert Event.objects.filter(kind="consent.confirmed", at=later).count() == 2
    assert holder(piotr) == kamil
    assert parts(piotr) == {"Marta": 7_000, "Kamil": 3_000}
    assert reveal(kamil, piotr, "phone", later)
    with pytest.raises(NotAllowed):
        reveal(marta, piotr, "phone", later)


def test_only_channels_agreed_to_before_go_on(waiting, piotr, kamil, at):
    privacy.withdraw(
        consent=Consent.objects.filter(channel="email").first(), at=at, channel="email"
    )
    friend_says(waiting, True, at + HOUR)
    assert reveal(kamil, piotr, "phone", at + HOUR)
    with pytest.raises(NotAllowed):
        reveal(kamil, piotr, "email", at + HOUR)


def test_no_ends_it_kindly_and_everything_is_as_before(waiting, piotr, marta, kamil, at):
    before = list(Consent.objects.values_list())
    assert friend_says(waiting, False, at + HOUR).state == "declined"
    assert friend_says(waiting, False, at + HOUR).state == "declined", "a double tap"
    assert list(Consent.objects.values_list()) == before
    assert (holder(piotr), parts(piotr)) == (marta, {"Marta": 10_000})
    assert reveal(marta, piotr, "phone", at + HOUR)
    with pytest.raises(NotAllowed):
        reveal(kamil, piotr, "phone", at + HOUR)
    refused("handoff_over", lambda: friend_says(waiting, True, at + 2 * HOUR))


def test_yes_twice_is_once(waiting, piotr, at):
    friend_says(waiting, True, at + HOUR)
    before = (picture(), list(Consent.objects.values_list()))
    assert friend_says(waiting, True, at + 2 * HOUR).state == "done"
    assert (picture(), list(Consent.objects.values_list())) == before


def test_after_a_week_it_ends_and_an_answer_comes_too_late(waiting, piotr, marta, at):
    late = at + 7 * DAY
    refused("handoff_over", lambda: friend_says(waiting, True, late))
    assert handoff_answers.expire_due(at=late) == 1
    waiting.refresh_from_db()
    assert (waiting.state, holder(piotr)) == ("expired", marta)


def test_it_ends_with_the_exclusivity(piotr, marta, kamil, at):
    claim = Claim.objects.get(ended_at=None)
    handoff = taken(offered(piotr, marta, kamil, claim.until - DAY), kamil, claim.until - DAY)
    assert handoff.expires_at == claim.until


def test_giver_and_receiver_may_still_step_back(waiting, piotr, marta, kamil, at):
    assert handoff_answers.decline(by=kamil, at=at, handoff=waiting).state == "declined"
    refused("handoff_over", lambda: friend_says(waiting, True, at + HOUR))
    again = taken(offered(piotr, marta, kamil, at + HOUR), kamil, at + HOUR)
    assert handoff_answers.withdraw(by=marta, at=at, handoff=again).state == "withdrawn"
    assert parts(piotr) == {"Marta": 10_000}


def test_not_from_an_employees_browser_nor_by_an_unproven_link(waiting, piotr, anna, marta, at):
    refused("own_session", lambda: friend_says(waiting, True, at, device=privacy.STAFF))
    consent = Consent.objects.filter(referral=piotr.public_id).first()
    consent.confirmed_at = None
    from polecam.actions import handoff_friend

    def answer(consent):
        handoff_friend.answer_handoff(consent=consent, at=at, handoff=waiting, yes=True)

    refused("link_unproven", lambda: answer(consent))
    other = consented(anna, at=at - DAY, phone="+48600999999")
    stranger = Consent.objects.get(referral=other.public_id)
    refused("link_over", lambda: answer(stranger))


def test_whoever_took_everything_back_is_not_asked_to_agree(waiting, piotr, at):
    privacy.withdraw(consent=Consent.objects.first(), at=at)
    refused("no_consent", lambda: friend_says(waiting, True, at + HOUR))


def test_who_was_named_before_is_not_asked_again(anna, marta, kamil, at):
    """An adviser whom the friend named already needs no second word."""
    referral = consented(anna, at=at - DAY)
    first = taken(offered(referral, marta, kamil, at), kamil, at)
    friend_says(first, True, at + HOUR)
    back = taken(offered(referral, kamil, marta, at + HOUR), marta, at + HOUR)
    assert back.state == "accepted", "the friend said: instead of Marta"
    friend_says(back, True, at + 2 * HOUR)
    assert holder(referral) == marta
    assert reveal(marta, referral, "phone", at + 2 * HOUR)


def test_a_yes_that_another_took_the_place_of_opens_nothing(anna, marta, kamil, at):
    """Kamil instead of Marta, then Marta instead of Kamil: for Kamil the friend is asked anew."""
    referral = consented(anna, at=at - DAY)
    friend_says(taken(offered(referral, marta, kamil, at), kamil, at), True, at + HOUR)
    later = at + 2 * HOUR
    friend_says(taken(offered(referral, kamil, marta, later), marta, later), True, later)
    again = taken(offered(referral, marta, kamil, later + HOUR), kamil, later + HOUR)
    assert (again.state, holder(referral)) == ("accepted", marta)
    Claim.objects.filter(ended_at=None).update(holder=kamil)
    with pytest.raises(NotAllowed):
        reveal(kamil, referral, "phone", later + HOUR)


def test_the_old_link_still_confirms_the_talk(waiting, piotr, marta, kamil, at):
    friend_says(waiting, True, at + HOUR)
    meeting = referrals_work.set_meeting(
        by=kamil, at=at + HOUR, referral=piotr, meeting_at=at + HOUR - timedelta(minutes=5)
    )
    old = Consent.objects.filter(referral=piotr.public_id, receiver=marta).first()
    privacy.confirm_meeting(consent=old, at=at + 2 * HOUR)
    meeting.refresh_from_db()
    assert meeting.confirmed_at == at + 2 * HOUR


def test_after_withdrawing_the_old_link_confirms_nothing(waiting, piotr, kamil, at):
    friend_says(waiting, True, at + HOUR)
    referrals_work.set_meeting(
        by=kamil, at=at + HOUR, referral=piotr, meeting_at=at + HOUR - timedelta(minutes=5)
    )
    old = Consent.objects.filter(referral=piotr.public_id).order_by("pk").first()
    privacy.withdraw(consent=old, at=at + HOUR)
    with pytest.raises(Refused, match="link_unproven"):
        privacy.confirm_meeting(consent=old, at=at + 2 * HOUR)


def test_the_author_is_credited_when_a_colleague_wins_it(anna, marta, kamil, tomek, plan, at):
    referral = branch_wide(anna, at=at - 9 * DAY, plan=plan.pk)
    taken(offered(referral, marta, kamil, at - 8 * DAY), kamil, at - 8 * DAY)
    meeting = referrals_work.set_meeting(
        by=kamil, at=at - 7 * DAY, referral=referral, meeting_at=at - 6 * DAY
    )
    referrals_work.hold_meeting(by=kamil, at=at - 5 * DAY, meeting=meeting)
    for earner in (marta, kamil):
        with pytest.raises((NotAllowed, Refused)):
            meetings.confirm(by=earner, at=at - 4 * DAY, meeting=meeting)
    meetings.confirm(by=tomek, at=at - 4 * DAY, meeting=meeting)
    sale = sales.report(
        by=kamil,
        at=at,
        referral=referral,
        value_grosze=10_000_000,
        margin_grosze=400_000,
        sold_on=(at - DAY).date(),
    )
    sales.confirm(by=tomek, at=at, sale=sale)
    facts = CreditedFact.objects.filter(kind="sale")
    assert {f.person_id: f.share_bp for f in facts} == {marta.pk: 6_000, kamil.pk: 4_000}
    earned = {line.person_id: line.amount_grosze for line in Line.objects.filter(fact__kind="sale")}
    assert earned == {marta.pk: 30_000, kamil.pk: 20_000}
    assert Account.objects.get(person=marta, kind="pending").balance == 30_000 + 600 + 2_400
    client = Client.objects.get(party=referral.party)
    assert (client.owner, client.introduced_by) == (kamil, anna)
    referral.refresh_from_db()
    assert (referral.originator, referral.state) == (marta, "won")


def test_erasing_the_friend_ends_it_and_takes_the_note(waiting, piotr, at):
    from polecam.actions import erasure
    from polecam.claims import subject
    from polecam.claims.models import Handoff

    Handoff.objects.update(note="Mówi po ukraińsku.", nonce="n", wanted_language="uk")
    told = subject.export(piotr.party)["handoffs"][0]
    assert (told["to"], told["note"], told["wanted"]) == (
        "Kamil Duda",
        "Mówi po ukraińsku.",
        ["uk"],
    )
    erasure.erase(by=None, at=at + HOUR, party=piotr.party)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.note, waiting.nonce) == ("expired", "", "")
    assert waiting.wanted_language == ""


def test_the_floor_once_fixed_stays(waiting, piotr, at):
    friend_says(waiting, False, at + HOUR)
    assert floors(piotr) == {"Marta": 3_000}
