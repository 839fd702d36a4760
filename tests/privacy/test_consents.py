"""A consent counts once the link sent through its own channel came back."""

from datetime import timedelta

import pytest

from polecam.actions import privacy
from polecam.bonuses.models import CreditedFact, Line
from polecam.claims.models import Claim, CreditShare
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.parties.models import Party
from polecam.privacy.models import Consent, Wording
from polecam.privacy.queries import active_channels
from polecam.referrals.models import Referral
from tests.privacy.friend import EMAIL, PHONE, answer, capture, invite, say_yes, waiting

MINUTE = timedelta(minutes=1)


def test_an_answer_alone_unlocks_nothing(anna, marta, plan, at):
    referral = capture(anna, marta, at, plan)
    answer(referral.invitation, at + MINUTE)
    referral.refresh_from_db()
    assert referral.state == "captured"
    assert active_channels(referral.public_id) == set()
    assert not Claim.objects.exists()
    assert not CreditedFact.objects.exists()


def test_the_link_makes_the_claim_and_the_bonus(anna, marta, plan, at):
    referral = capture(anna, marta, at, plan)
    say_yes(referral.invitation, at + MINUTE)
    referral.refresh_from_db()
    claim = Claim.objects.get()
    assert (referral.state, referral.second) == ("consented", False)
    assert claim.holder == marta
    assert claim.until - claim.since == timedelta(days=90)
    assert referral.erase_at == referral.consented_at + timedelta(days=365)
    assert Line.objects.get().amount_grosze == 1_000
    assert active_channels(referral.public_id) == {"phone"}


def test_confirming_twice_is_once(anna, marta, plan, at):
    referral = capture(anna, marta, at, plan)
    answer(referral.invitation, at + MINUTE)
    (consent,) = waiting(referral)
    for later in (2, 3):
        privacy.confirm(consent=consent, at=at + later * MINUTE)
    assert Claim.objects.count() == 1
    assert Line.objects.count() == 1
    assert Event.objects.filter(kind="consent.confirmed").count() == 1


def test_contact_data_are_ciphertext_and_only_for_what_was_agreed(anna, marta, at):
    referral = capture(anna, marta, at)
    answer(referral.invitation, at + MINUTE, channels=["phone"])
    party = Party.objects.get(pk=referral.party_id)
    assert (party.phone, party.email) == (PHONE, "")
    assert PHONE not in party.phone_sealed
    assert party.phone_index
    assert not party.email_index


def test_one_text_message_confirms_call_and_sms(anna, marta, at):
    referral = capture(anna, marta, at)
    answer(referral.invitation, at + MINUTE, channels=["phone", "sms", "email"])
    assert [c.channel for c in waiting(referral)] == ["phone", "email"]
    privacy.confirm(consent=waiting(referral)[0], at=at + 2 * MINUTE)
    assert active_channels(referral.public_id) == {"phone", "sms"}


def test_each_channel_has_the_exact_words(anna, marta, at):
    referral = capture(anna, marta, at)
    answer(referral.invitation, at + MINUTE, channels=["phone", "email"], language="en")
    words = {c.wording.code: c.wording for c in Consent.objects.select_related("wording")}
    assert words.keys() == {"consent_phone", "consent_email"}
    assert all(w.language == "en" and len(w.digest) == 64 for w in words.values())
    assert Wording.objects.filter(code="notice").exists()


def test_other_offers_are_a_consent_of_their_own(anna, marta, at):
    referral = capture(anna, marta, at)
    say_yes(referral.invitation, at + MINUTE, other_offers=True)
    assert set(Consent.objects.values_list("purpose", "channel")) == {
        ("referral", "phone"),
        ("other_offers", "phone"),
    }


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"first_name": "  "}, "first_name_missing"),
        ({"channels": []}, "channel_missing"),
        ({"phone": "12"}, "phone_unreadable"),
        ({"channels": ["email"], "email": "nowhere"}, "email_unreadable"),
        ({"channels": ["email"], "preferred": "phone"}, "channel_needs_consent"),
        ({"channels": ["pigeon"]}, "channel_unknown"),
    ],
)
def test_what_is_missing_is_refused_and_nothing_is_stored(anna, marta, at, said, code):
    referral = capture(anna, marta, at)
    with pytest.raises(Refused) as refused:
        answer(referral.invitation, at + MINUTE, **said)
    assert refused.value.code == code
    assert not Consent.objects.exists()
    assert not Party.objects.exclude(phone_sealed="").exists()


def test_a_visit_needs_no_contact_and_earns_nothing_yet(anna, marta, plan, at):
    referral = capture(anna, marta, at, plan)
    answer(referral.invitation, at + MINUTE, channels=["visit"])
    referral.refresh_from_db()
    assert referral.state == "consented"
    assert active_channels(referral.public_id) == {"visit"}
    assert Party.objects.get(pk=referral.party_id).phone_sealed == ""
    assert not Line.objects.exists()


def test_a_reusable_invitation_makes_one_referral_for_each_friend(anna, marta, plan, at):
    invitation = invite(anna, marta, at, plan, reusable=True)
    first = say_yes(invitation, at + MINUTE, phone="601673417")
    again = answer(invitation, at + MINUTE, phone="602000111", first_name="Ewa")
    same = answer(invitation, at + 2 * MINUTE, phone="602000111", first_name="Ewa")
    assert first.pk != again.pk == same.pk
    assert first.plan_version_id == plan.pk
    assert set(CreditShare.objects.values_list("person_id", "share_bp")) == {(marta.pk, 10_000)}


def test_the_same_form_twice_is_one_referral(anna, marta, at):
    invitation = invite(anna, marta, at, reusable=True)
    for minute in (1, 2):
        answer(invitation, at + minute * MINUTE, key="k" * 32, channels=["visit"])
    assert Referral.objects.count() == 1


def test_a_personal_invitation_is_answered_once(anna, marta, at):
    referral = capture(anna, marta, at)
    say_yes(referral.invitation, at + MINUTE)
    with pytest.raises(Refused, match="invitation_answered"):
        answer(referral.invitation, at + 9 * MINUTE, phone="602000111")


def test_a_typing_error_may_be_put_right_before_the_link_comes_back(anna, marta, at):
    referral = capture(anna, marta, at)
    answer(referral.invitation, at + MINUTE, phone="602000111")
    answer(referral.invitation, at + 2 * MINUTE)
    assert Party.objects.get(pk=referral.party_id).phone == PHONE
    assert [c.channel for c in waiting(referral)] == ["phone"]


def test_a_late_yes_restores_authorship_and_plan(anna, marta, plan, at):
    old = capture(anna, marta, at - timedelta(days=20), plan)
    assert privacy.expire_due(at=at - timedelta(days=2)) == 1
    old.refresh_from_db()
    assert (old.state, old.party) == ("expired", None)
    assert not Party.objects.filter(first_name="Piotr").exists()
    late = say_yes(old.invitation, at)
    assert late.pk != old.pk
    assert (late.originator, late.plan_version_id, late.client) == (marta, plan.pk, anna)
    assert late.state == "consented"
    assert Consent.objects.get().names_branch, "an expired link shows no names"


def test_own_session_is_held_for_a_human(anna, marta, plan, at):
    referral = capture(anna, marta, at, plan)
    answer(referral.invitation, at + MINUTE, device=privacy.STAFF)
    privacy.confirm(consent=waiting(referral)[0], at=at + 2 * MINUTE)
    referral.refresh_from_db()
    assert Consent.objects.get().held_for == "own_session"
    assert referral.state == "captured"
    assert not Claim.objects.exists()
    assert not Line.objects.exists()


def test_confirming_in_an_own_session_is_held_too(anna, marta, plan, at):
    referral = capture(anna, marta, at, plan)
    answer(referral.invitation, at + MINUTE)
    privacy.confirm(consent=waiting(referral)[0], at=at + 2 * MINUTE, device=privacy.STAFF)
    assert active_channels(referral.public_id) == set()
    assert not Line.objects.exists()


def test_withdrawing_locks_at_once(anna, marta, at):
    referral = capture(anna, marta, at)
    say_yes(referral.invitation, at + MINUTE, channels=["phone", "email"])
    consent = Consent.objects.filter(channel="phone").get()
    assert privacy.withdraw(consent=consent, at=at + 9 * MINUTE, channel="phone") == 1
    assert active_channels(referral.public_id) == {"email"}
    assert privacy.withdraw(consent=consent, at=at + 9 * MINUTE) == 1
    assert active_channels(referral.public_id) == set()
    referral.refresh_from_db()
    assert referral.erase_at == at + 9 * MINUTE + timedelta(days=14)


def test_a_withdrawn_consent_is_not_confirmed_by_its_old_link(anna, marta, at):
    referral = capture(anna, marta, at)
    answer(referral.invitation, at + MINUTE)
    (consent,) = waiting(referral)
    privacy.withdraw(consent=consent, at=at + 2 * MINUTE)
    with pytest.raises(Refused, match="link_over"):
        privacy.confirm(consent=consent, at=at + 3 * MINUTE)


def test_declining_erases_the_name_at_once(anna, marta, at):
    referral = capture(anna, marta, at)
    assert privacy.decline(invitation=referral.invitation, at=at + MINUTE)
    referral.refresh_from_db()
    assert (referral.state, referral.party) == ("expired", None)
    assert not Party.objects.filter(name_key__startswith="piotr").exists()
    assert EMAIL not in str(list(Event.objects.values()))
