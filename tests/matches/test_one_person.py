"""Everything that reads people takes the records of one person for one person."""

import json
from datetime import timedelta

import pytest
from django.test import Client as Browser

from polecam.actions import moments, parties, privacy
from polecam.actions.new_client import make_client
from polecam.clients.models import Client
from polecam.insights import today, tree
from polecam.insights.sales_matching import _records, _sold
from polecam.kit.errors import Refused
from polecam.parties.models import Party
from polecam.privacy.models import Consent, Suppression
from polecam.referrals import queries as referrals
from polecam.sales.models import Sale
from polecam.store.crypto import phone_index
from tests import cast
from tests.matches.people import DAY, EMAIL, HOUR, MINUTE, OTHER_PHONE, PHONE, client_with, friend
from tests.privacy.friend import answer, capture

pytestmark = pytest.mark.django_db
ZONE = "Europe/Warsaw"


@pytest.fixture
def known(anna, branch, marta, kamil, tomek, at):
    """Marta's friend Piotr, and the same Piotr as Kamil's client under another number."""
    referral = friend(anna, marta, at - DAY)
    client = client_with(branch, kamil, "Piotrek", "Nowak", at=at, phone=OTHER_PHONE, email=EMAIL)
    parties.join(by=tomek, at=at, one=referral.party, other=client.party)
    referral.party.refresh_from_db()
    client.party.refresh_from_db()
    return referral, client


def officer(irena) -> Browser:
    made = Browser()
    made.force_login(irena)
    return made


def test_the_officer_finds_one_person_and_hands_out_both_records(known, irena):
    desk = officer(irena)
    answer_ = desk.post("/privacy/", {"who": PHONE, "reason": "access"})
    assert answer_.status_code == 303
    page = desk.get(answer_["Location"]).content.decode()
    for said in (PHONE, OTHER_PHONE, EMAIL):
        assert said in page, said
    told = json.loads(desk.post(answer_["Location"] + "export/").content)
    assert {record["phone"] for record in told["parties"]["person"]} == {PHONE, OTHER_PHONE}
    assert told["clients"]["client"]["looked_after_by"] == "Kamil Duda"
    assert told["privacy"]["consents"]


def test_namesakes_that_are_one_person_are_not_offered_twice(known, irena, at):
    _referral, client = known
    client.party.set_name("Piotr", "Nowak")
    client.party.save()
    response = officer(irena).post("/privacy/", {"who": "Piotr Nowak", "reason": "access"})
    assert response.status_code == 303, "one person, one page"


def test_erasing_names_every_record_first_and_then_covers_all(known, irena):
    referral, client = known
    desk = officer(irena)
    page = desk.post("/privacy/", {"who": PHONE, "reason": "erasure"})["Location"]
    sure = desk.get(page + "erase/").content.decode()
    assert "Piotrek Nowak" in sure, "the client's record is named before"
    desk.post(page + "erase/", {"sure": "on"})
    for party in (referral.party, client.party):
        party.refresh_from_db()
        assert party.erased_at is not None
        assert (party.first_name, party.phone_index, party.same_as_id) == ("", "", None)


def test_the_friends_own_link_does_not_erase_a_contract(known, at):
    referral, _client = known
    consent = Consent.objects.filter(referral=referral.public_id).first()
    with pytest.raises(Refused, match="erasure_by_officer"):
        privacy.erase_me(consent=consent, at=at + HOUR)
    referral.party.refresh_from_db()
    assert referral.party.erased_at is None


def test_an_objection_through_any_record_stops_all_of_them(anna, known, kamil, tomek, at):
    referral, client = known
    other = friend(anna, kamil, at + HOUR, phone="", email="p@dom.example", channels=["email"])
    parties.join(by=tomek, at=at + 2 * HOUR, one=other.party, other=client.party)
    consent = Consent.objects.filter(referral=other.public_id).first()
    privacy.objection(consent=consent, at=at + 3 * HOUR)
    client.refresh_from_db()
    assert client.never_ask_at == at + 3 * HOUR, "a client is never asked again"
    referral.refresh_from_db()
    assert referral.state == "objected"
    assert referral.party is None
    assert Suppression.objects.filter(index=phone_index(PHONE)).exists(), "what they proved there"
    again = capture(anna, kamil, at + 4 * HOUR)
    assert answer(again.invitation, at + 4 * HOUR, phone=PHONE) is None


def test_a_sale_to_somebody_known_makes_no_second_client(known, plan, at):
    referral, client = known
    sale = sold(referral, at)
    assert make_client(sale, referral, by=None, at=at) == client
    assert Client.objects.filter(party__name_key2__contains="nowak").count() == 1


def test_a_client_of_another_branch_stays_theirs(anna, firm, marta, tomek, ada, plan, at):
    from polecam.organisation.models import Branch

    elsewhere = Branch.objects.create(name="Oddział Krowodrza", created_at=at - 30 * DAY)
    olga = cast.person(elsewhere, "seller", "Olga", "Bielak", "f", at=at)
    theirs = client_with(elsewhere, olga, "Piotr", "Nowak", at=at, phone=OTHER_PHONE)
    referral = friend(anna, marta, at - DAY)
    parties.join(by=ada, at=at, one=referral.party, other=theirs.party)
    made = make_client(sold(referral, at), referral, by=None, at=at)
    assert made.branch == anna.branch
    assert made.owner == marta
    theirs.refresh_from_db()
    assert theirs.owner == olga


def sold(referral, at) -> Sale:
    return Sale.objects.create(
        referral=referral, seller=referral.originator, branch=referral.branch,
        value_grosze=900_000, margin_grosze=90_000, sold_on=at.date(), reported_at=at,
    )  # fmt: skip


def test_a_sales_file_is_matched_by_any_record_of_the_person(known, at):
    referral, client = known
    sale = sold(referral, at)
    side = _sold(sale, _records([referral.party]))
    assert side.indexes >= {referral.party.phone_index, client.party.phone_index}
    assert {"piotr nowak", "piotrek nowak"} <= set(side.name_keys)


def test_today_asks_one_person_once_and_lets_them_rest_under_both_records(
    branch, marta, kamil, tomek, plan, at
):
    from polecam.actions import asks

    one = client_with(branch, marta, "Ewa", "Lis", at=at)
    other = client_with(branch, marta, "Ewunia", "Lis", at=at)
    for client in (one, other):
        moments.note_moment(by=marta, at=at, client=client, kind="praise", on=at.date())
    assert len(suggested(marta, branch, at)) == 2
    merge = parties.join(by=tomek, at=at, one=one.party, other=other.party)
    assert len(suggested(marta, branch, at)) == 1
    other.owner = kamil
    other.save()
    asks.record(by=kamil, at=at + MINUTE, client=other, key="a")
    assert suggested(marta, branch, at + HOUR) == [], "asked lately, under the other record"
    parties.part(by=tomek, at=at + HOUR, merge=merge)
    assert suggested(marta, branch, at + 2 * HOUR) == [one.pk]


def suggested(person, branch, at) -> list[int]:
    shown = today.for_(person, branch, at=at, zone=ZONE, language="pl")
    return [suggestion.client.pk for suggestion in shown.suggestions]


def test_the_tree_goes_on_under_the_other_record(branch, marta, tomek, plan, at):
    root = cast.client(branch, marta, "Zofia", "Lis", at=at)
    introduced = client_with(branch, marta, "Ewa", "Lis", at=at)
    introduced.introduced_by = root
    introduced.save()
    again = client_with(branch, marta, "Ewunia", "Lis", at=at)
    referral = capture(again, marta, at, plan)
    alone = tree.of_referral(marta, referrals.find(marta, referral.public_id), held=True)
    assert [node.first_name for node in alone.line] == ["Ewunia"]
    parties.join(by=tomek, at=at + timedelta(minutes=1), one=introduced.party, other=again.party)
    grown = tree.of_referral(marta, referrals.find(marta, referral.public_id), held=True)
    assert [node.first_name for node in grown.line] == ["Ewunia", "Zofia"]


def test_a_forgotten_friend_leaves_the_client_alone(known, at):
    """The friend's clock ran out; the client's record stays as it was, joined to nobody."""
    from polecam.actions import erasure

    referral, client = known
    referral.erase_at = at
    referral.save()
    erasure.expire_due(at=at + MINUTE)
    assert Party.objects.get(pk=client.party_id).erased_at is None
    assert Party.objects.get(pk=client.party_id).same_as_id is None
