"""Whoever objected is left alone, by every door (invariant 16)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import privacy, referrals
from polecam.claims.models import Claim
from polecam.clients.models import ClientConsent
from polecam.kit.errors import Refused
from polecam.parties.models import Party
from polecam.privacy.models import Consent, Suppression
from polecam.privacy.queries import active_channels, suppressed_contact, suppressed_name
from polecam.referrals.models import Referral
from polecam.store import crypto
from tests import cast
from tests.privacy.friend import EMAIL, PHONE, answer, capture, invite, say_yes, waiting

MINUTE = timedelta(minutes=1)


@pytest.fixture
def objected(anna, marta, at) -> Referral:
    """Piotr Nowak, recommended by Anna, said yes and then: never again."""
    referral = capture(anna, marta, at)
    say_yes(referral.invitation, at + MINUTE, channels=["phone", "email"])
    privacy.objection(consent=Consent.objects.first(), at=at + 9 * MINUTE)
    referral.refresh_from_db()
    return referral


def test_everything_stops_at_once(objected):
    assert objected.state == "objected"
    assert active_channels(objected.public_id) == set()
    assert Claim.objects.get().end_reason == "objected"
    assert objected.party is None
    assert not Party.objects.filter(name_key__contains="nowak").exists()
    assert not Party.objects.exclude(phone_index="", email_index="").exists()


def test_only_keyed_hashes_stay(objected):
    assert set(Suppression.objects.values_list("kind", flat=True)) == {
        "phone",
        "email",
        "name_of_client",
    }
    assert suppressed_contact(crypto.phone_index(PHONE), "")
    assert suppressed_contact("", crypto.email_index(EMAIL.upper()))
    assert not suppressed_contact(crypto.phone_index("+48602000111"), "")


def test_the_friends_page_stores_nothing_and_looks_the_same(objected, anna, kamil, at):
    invitation = invite(anna, kamil, at, reusable=True)
    before = Party.objects.count(), Consent.objects.count()
    assert answer(invitation, at + 10 * MINUTE, first_name="Jan", phone=PHONE) is None
    assert (Party.objects.count(), Consent.objects.count()) == before


def test_the_same_client_and_name_is_refused_at_capture(objected, anna, marta, at):
    for name in ("Piotr", " piotr "):
        with pytest.raises(Refused, match="friend_objected"):
            referrals.capture(
                by=marta, at=at + 10 * MINUTE, client=anna, first_name=name, key=name * 5,
                kind="spontaneous",
            )  # fmt: skip
    assert suppressed_name(anna.pk, "PIOTR", "Nowak")
    assert not suppressed_name(anna.pk, "Piotr", "Zieliński"), "another Piotr, with his own name"
    assert not suppressed_name(anna.pk + 1, "Piotr", "Nowak")


def test_a_link_confirmed_after_the_objection_is_refused(anna, marta, kamil, at):
    first = capture(anna, marta, at)
    second = invite(anna, kamil, at, reusable=True)
    say_yes(first.invitation, at + MINUTE)
    pending = answer(second, at + 2 * MINUTE)
    (waits,) = waiting(pending)
    privacy.objection(consent=Consent.objects.first(), at=at + 3 * MINUTE)
    with pytest.raises(Refused, match="link_over"):
        privacy.confirm(consent=waits, at=at + 4 * MINUTE)


def test_someone_who_was_only_written_to_may_object_too(anna, marta, at):
    """A stranger typed this number: the link in the message is enough to be left alone."""
    referral = capture(anna, marta, at)
    answer(referral.invitation, at + MINUTE, channels=["phone", "email"])
    by_sms = waiting(referral)[0]
    privacy.objection(consent=by_sms, at=at + 2 * MINUTE)
    assert suppressed_contact(crypto.phone_index(PHONE), "")
    assert not suppressed_contact("", crypto.email_index(EMAIL)), "the address was not proven"


def test_every_row_of_the_person_stops_whoever_brought_it(anna, marta, kamil, branch, at):
    client = cast.client(branch, kamil, "Piotr", "Nowak", at=at)
    client.party.set_phone(PHONE)
    client.party.save()
    agreed = ClientConsent.objects.create(
        client=client, channel="email", purpose="thanks", source="import", given_at=at
    )
    brought = [capture(anna, seller, at) for seller in (marta, kamil)]
    for referral in brought:
        say_yes(referral.invitation, at + MINUTE)
    privacy.objection(consent=Consent.objects.first(), at=at + 9 * MINUTE)
    for referral in brought:
        referral.refresh_from_db()
        assert (referral.state, referral.party) == ("objected", None)
    client.refresh_from_db()
    assert client.never_ask_at is not None
    assert client.party.first_name == "Piotr", "the contract keeps its own data"
    agreed.refresh_from_db()
    assert agreed.withdrawn_at == at + 9 * MINUTE, "and gets no thanks or surveys by e-mail"
    assert list(Party.objects.exclude(phone_index="")) == [client.party]


names = st.text(alphabet="aąbcćeęiłnoóśzź -'", min_size=1, max_size=12)


@given(
    first=names,
    last=names,
    typed=st.sampled_from(["+48 {}", "0048{}", "{}", " {} "]),
    number=st.integers(500_000_000, 799_999_999),
)
def test_no_spelling_gets_back_in(db, first, last, typed, number):
    from polecam.kit import phones
    from polecam.privacy.queries import name_indexes

    e164 = phones.e164(str(number))
    Suppression.objects.get_or_create(
        kind="phone", index=crypto.phone_index(e164), defaults={"at": "2026-01-01T00:00:00Z"}
    )
    again = phones.e164(typed.format(number))
    assert suppressed_contact(crypto.phone_index(again), "")
    for index in name_indexes(7, first, last):
        Suppression.objects.get_or_create(
            kind="name_of_client", index=index, defaults={"at": "2026-01-01T00:00:00Z"}
        )
    if name_indexes(7, first, last):
        assert suppressed_name(7, first.upper(), f" {last} ")
        assert suppressed_name(7, first)
