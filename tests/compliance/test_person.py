"""Rows of docs/compliance.md about every person's own data."""

import json
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import cards, person_requests, privacy, setup
from polecam.insights import forgetting, register
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.parties.models import Party
from polecam.privacy import links as own_links
from polecam.privacy.models import Consent, Suppression
from polecam.referrals.cards import card_path
from polecam.referrals.models import Referral
from polecam.store import crypto
from tests.imports.support import bring
from tests.privacy.friend import EMAIL, PHONE, capture, invite, say_yes

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def friend(anna, marta, plan, at):
    """Piotr, who agreed a day ago."""
    return say_yes(
        capture(anna, marta, at - DAY, plan).invitation, at - DAY, channels=["phone", "email"]
    )


def test_c07_objection_stops_everything(friend, anna, marta, kamil, tomek, ada, at):
    own = own_links.friend_path(Consent.objects.filter(referral=friend.public_id).first())
    assert Browser().post(f"{own}object/", {}).status_code in (200, 303)
    friend.refresh_from_db()
    assert (friend.state, friend.party) == ("objected", None)
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    kept = set(Suppression.objects.values_list("index", flat=True))
    assert crypto.phone_index(PHONE) in kept
    assert not any(PHONE in index or EMAIL in index for index in kept), "keyed hashes only"
    again = privacy.consent(
        invitation=invite(anna, kamil, at), at=at, first_name="Zenon", last_name="Inny",
        phone=PHONE, channels=["phone"],
    )  # fmt: skip
    assert again is None, "not by any seller, under any name"
    from polecam.actions import clients, referrals

    with pytest.raises(Refused, match="friend_objected"):
        referrals.capture(
            by=marta, at=at, client=anna, first_name="Piotr", key="k", kind="spontaneous"
        )
    entered = clients.add(
        by=ada, at=at, branch=anna.branch, first_name="Piotr", last_name="Nowak", form="m",
        owner=marta, phone=PHONE,
    )  # fmt: skip
    assert (entered.party.phone, entered.never_ask_at is not None) == ("", True)
    anna.number = "K1"
    anna.save()
    day = at.strftime("%d.%m.%Y")
    table = (
        "Data;Kto polecił;Nr klienta;Polecony;Telefon;Sprzedawca;Status\n"
        f"{day};Anna Kowalczyk;K1;Zenon;{PHONE};Marta Zielińska;nowe\n"
    )
    bring(tomek, anna.branch, table, at=at, kind="referrals")
    assert not Referral.objects.filter(kind="imported").exists()
    assert not Party.objects.filter(phone_index=crypto.phone_index(PHONE)).exists()


def test_c08_everyone_sees_and_takes_along(friend, anna, marta, irena, at):
    desk = Browser()
    desk.force_login(irena)
    desk.post(reverse("privacy:open", args=[friend.party.public_id]), {"reason": "access"})
    page = desk.get(reverse("privacy:person", args=[friend.party.public_id])).content.decode()
    assert "Anna Kowalczyk" in page, "with the source"
    told = json.loads(desk.post(reverse("privacy:export", args=[friend.party.public_id])).content)
    assert told["parties"]["person"]["phone"] == PHONE
    assert told["referrals"]["referrals"][0]["source"] == "Anna Kowalczyk"
    assert Event.objects.filter(kind__in=["party.viewed", "party.exported"]).count() == 2
    own = own_links.friend_path(Consent.objects.filter(referral=friend.public_id).first())
    assert "Piotr" in Browser().get(own).content.decode()
    card = cards.open_card(by=marta, at=at, client=anna)
    mine = Browser().get(f"{card_path(card)}me/")
    assert "Kowalczyk" in mine.content.decode()


def test_c09_erasing_leaves_nothing(friend, irena, at):
    party = friend.party
    privacy.erase(by=irena, at=at, party=party)
    party.refresh_from_db()
    kept = [party.first_name, party.last_name, party.phone_sealed, party.email_sealed,
            party.phone_index, party.email_index, party.name_key, party.nonce]  # fmt: skip
    assert kept == [""] * len(kept)
    assert Event.objects.get(kind="party.erased").data == {"referrals": 1}
    # every table, file, log and copy: tests/privacy/test_erasure.py


def test_c10_register_writes_itself(firm, ada, irena, at):
    assert register.unnamed_fields() == set()
    setup.set_setting(by=ada, at=at, key="unanswered_days", value=9)
    desk = Browser()
    desk.force_login(irena)
    text = desk.get(reverse("privacy:register_file", args=["md"])).content.decode()
    for needed in ("Bank Olszyna", "iod@olszyna.example", "9 dni"):
        assert needed in text or needed.replace(" ", "\u00a0") in text, needed


def test_c11_nothing_kept_longer(anna, marta, ada, at):
    from polecam.organisation.settings import KINDS

    assert (KINDS["unanswered_days"].default, KINDS["inactive_days"].default) == (14, 365)
    with pytest.raises(Refused, match="setting_needs_reason"):
        setup.set_setting(by=ada, at=at, key="unanswered_days", value=20)
    setup.set_setting(by=ada, at=at, key="unanswered_days", value=7)
    capture(anna, marta, at - 14 * DAY)
    say_yes(capture(anna, marta, at - 380 * DAY, name="Ola").invitation, at - 379 * DAY,
            first_name="Ola", phone="+48602111222", email="o@x.example")  # fmt: skip
    told = forgetting.rehearsal(at)
    assert (told["unanswered"], told["inactive"]) == (1, 1)
    assert privacy.expire_due(at=at) == 2
    ran = Event.objects.get(kind="retention.ran").data
    assert (ran["unanswered"], ran["inactive"]) == (1, 1)
    assert not Party.objects.filter(first_name__in=["Piotr", "Ola"]).exists()


def test_c34_requests_in_time(friend, irena, at):
    made = person_requests.note(by=irena, at=at, kind="access", party=friend.party)
    assert made.due_on <= at.date() + timedelta(days=31)
    with pytest.raises(Refused, match="request_needs_reason"):
        person_requests.extend(by=irena, at=at, request=made, why="")
    longer = person_requests.extend(by=irena, at=at, request=made, why="Wiele oddziałów")
    assert 85 <= (longer.due_on - made.received_on).days <= 92
    done = person_requests.finish(by=irena, at=at, request=longer, outcome="done")
    assert done.outcome == "done"
    assert Event.objects.filter(kind__startswith="personrequest.").count() == 3
