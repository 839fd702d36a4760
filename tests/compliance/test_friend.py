"""Rows of docs/compliance.md about the recommended friend, each tried at its own door."""

import hashlib
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client as Browser

from polecam.actions import handoff_answers, handoffs, privacy, referrals, referrals_work
from polecam.claims.contact import reveal
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.messages.models import Message
from polecam.parties.models import Party
from polecam.privacy import links as own_links
from polecam.privacy import notice
from polecam.privacy.models import Consent, Wording
from polecam.privacy.queries import active_channels
from polecam.privacy.rules import NOTICE_DAYS, unanswered_until
from polecam.referrals.links import friend_path
from polecam.referrals.models import Referral
from tests.house.law import PACKAGE
from tests.privacy.friend import EMAIL, PHONE, answer, capture, deliver, say_yes, waiting

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def signed_in(person) -> Browser:
    browser = Browser(raise_request_exception=False)
    browser.force_login(person)
    return browser


def test_c01_no_contact_without_consent(anna, marta, tomek, plan, at):
    referral = capture(anna, marta, at - DAY, plan)
    answer(referral.invitation, at - DAY, channels=["phone", "email"])
    page = f"/referrals/{referral.public_id}/number/"
    assert signed_in(marta).post(page, {"channel": "phone"}).status_code in (403, 404, 409)
    for channel in ("phone", "sms", "email"):
        with pytest.raises((NotAllowed, Refused)):
            reveal(marta, referral, channel, at)
    with pytest.raises((NotAllowed, Refused)):
        referrals_work.log_contact(
            by=marta, at=at, referral=referral, channel="phone", result="reached"
        )
    (mail,) = [c for c in waiting(referral) if c.channel == "email"]
    privacy.confirm(consent=mail, at=at - MINUTE)
    assert reveal(marta, referral, "email", at) == EMAIL
    refused = signed_in(marta).post(page, {"channel": "phone"})
    assert (refused.status_code, PHONE in refused.content.decode()) == (409, False)
    with pytest.raises((NotAllowed, Refused)):
        reveal(tomek, referral, "email", at)


def test_c02_each_channel_apart_and_unticked(anna, marta, at):
    referral = capture(anna, marta, at)
    form = Browser(headers={"accept-language": "pl"})
    shown = form.get(friend_path(referral.invitation)).content.decode()
    assert "checked" not in shown
    say_yes(referral.invitation, at, channels=["email"])
    assert active_channels(referral.public_id) == {"email"}
    assert Consent.objects.get(party=referral.party).channel == "email"
    ola = {"first_name": "Ola", "phone": "+48602111222", "email": "ola@x.example"}
    both = say_yes(
        capture(anna, marta, at, name="Ola").invitation, at, channels=["phone", "email"], **ola
    )
    rows = Consent.objects.filter(referral=both.public_id)
    assert {row.wording.code for row in rows} == {"consent_phone", "consent_email"}
    privacy.withdraw(consent=rows[0], at=at + MINUTE * 9, channel="phone")
    assert active_channels(both.public_id) == {"email"}


def test_c03_consent_is_shown_word_for_word(anna, marta, irena, at):
    referral = say_yes(capture(anna, marta, at).invitation, at)
    told = privacy.export(by=irena, at=at, party=referral.party)["privacy"]["consents"][0]
    row = Consent.objects.get(referral=referral.public_id)
    assert hashlib.sha256(row.wording.text.encode()).hexdigest() == row.wording.digest
    assert told["wording_holds"] is True
    assert "Marta Zielinska może do mnie zadzwonić" in told["wording"]
    assert told["given_at"]
    assert told["confirmed_at"]
    assert (told["channel"], told["language"], told["collected"]) == ("phone", "pl", "link")
    for change in ({"channel": "sms"}, {"given_at": at - DAY}, {"confirmed_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Consent.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Wording.objects.filter(pk=row.wording_id).update(text="Wszystko wolno.")


def test_c04_withdrawal_in_one_step(anna, marta, at):
    referral = say_yes(capture(anna, marta, at).invitation, at)
    own = own_links.friend_path(Consent.objects.get(referral=referral.public_id))
    assert Browser().post(f"{own}withdraw/", {}).status_code == 303, "no login, no reason"
    assert active_channels(referral.public_id) == set()
    with pytest.raises((NotAllowed, Refused)):
        reveal(marta, referral, "phone", at + DAY)


def test_c05_house_never_writes_first(anna, marta, at):
    referral = capture(anna, marta, at - DAY)
    deliver(at)
    assert not Message.objects.filter(party=referral.party).exists()
    answer(referral.invitation, at)
    deliver(at + MINUTE)
    assert Message.objects.filter(party=referral.party).count() == 1
    assert referral.invitation.taken_at is None, "the client passes the link on, not the house"
    names = [path.name for path in PACKAGE.rglob("*.py")]
    assert not [name for name in names if "contacts" in name and "picker" in name]
    scripts = " ".join(path.read_text() for path in (PACKAGE.parents[1] / "frontend").rglob("*.js"))
    assert "navigator.contacts" not in scripts, "no address book is read"


def test_c06_told_or_erased(firm, branch, anna, marta, at):
    for language in ("pl", "en"):
        told = notice.sections(
            firm=firm, branch=branch, seller=marta, client_name="Anna Kowalczyk",
            language=language, at=at,
        )  # fmt: skip
        assert [section.key for section in told] == notice.FIELDS
        assert all(section.text.strip() and "{" not in section.text for section in told)
    referral = capture(anna, marta, at - 14 * DAY)
    assert unanswered_until(at, 99) == at + timedelta(days=NOTICE_DAYS), "never after a month"
    shown = Browser(headers={"accept-language": "pl"}).get(friend_path(referral.invitation))
    assert "Skąd są te dane" in shown.content.decode()
    privacy.expire_due(at=at)
    referral.refresh_from_db()
    assert (referral.party, referral.state) == (None, "expired")


def test_c14_consent_names_its_receiver(anna, marta, kamil, plan, at):
    referral = say_yes(capture(anna, marta, at - DAY, plan).invitation, at - DAY)
    assert reveal(marta, referral, "phone", at) == PHONE
    offer = handoffs.offer(by=marta, at=at, referral=referral, receiver=kamil, kind="product")
    handoff_answers.accept(by=kamil, at=at, handoff=offer)
    with pytest.raises((NotAllowed, Refused)):
        reveal(kamil, referral, "phone", at + MINUTE)


def test_c15_no_oracle(branch, anna, marta, kamil, at):
    from tests.matches.people import client_with

    client_with(branch, kamil, "Piotr", "Nowak", at=at - DAY, phone=PHONE)
    seen = []
    for number in (PHONE, "+48603333999"):
        referral = capture(anna, marta, at)
        answer(referral.invitation, at, phone=number)
        page = signed_in(marta).get(f"/referrals/{referral.public_id}/").content.decode()
        seen.append("Kamil" in page or "colleague" in page)
    assert seen == [False, False]
    assert not Event.objects.filter(kind__in=["match.found", "referral.second"]).exists()


def test_c32_nobody_gives_away_a_number(anna, marta, at):
    from polecam.actions import asks

    ask = asks.record(by=marta, at=at, client=anna, key="a")
    for typed in ("Piotr 601 673 417", "piotr@poczta.example", "601673417"):
        with pytest.raises(Refused):
            referrals.capture(
                by=marta, at=at, client=anna, first_name=typed, ask=ask, key=f"k{typed}"
            )
    made = referrals.capture(by=marta, at=at, client=anna, first_name="Piotr", ask=ask, key="b")
    assert isinstance(made, Referral)
    assert (made.party.phone, made.party.email, made.party.last_name) == ("", "", "")
    assert not Party.objects.exclude(phone_sealed="").exists()
