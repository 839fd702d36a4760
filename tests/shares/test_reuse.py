"""A shared client's owner has a visible part of what a colleague's ask brings."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from polecam.actions import asks, friends, invitations, referrals
from polecam.bonuses.models import Line
from polecam.claims.contact import reveal
from polecam.claims.models import CreditShare
from polecam.insights.seller import my_money
from polecam.kit.errors import NotAllowed
from polecam.kit.periods import month_of
from polecam.organisation.models import Setting
from polecam.people.models import Person
from polecam.referrals.models import Grant, Referral
from polecam.referrals.queries import mine
from tests.privacy.friend import say_yes
from tests.shares.support import in_force

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
ZONE = "Europe/Warsaw"


@pytest.fixture
def shared(anna):
    """Anna is Marta's client, and shared."""
    anna.shared = True
    anna.save()
    return anna


def capture(by, client, at, key="one") -> Referral:
    ask = asks.record(by=by, at=at, client=client, key=f"ask-{key}")
    return referrals.capture(by=by, at=at, client=client, first_name="Piotr", ask=ask, key=key)


def test_the_owner_has_a_part_from_the_first_set(shared, marta, kamil, plan, at):
    made = capture(kamil, shared, at)
    rows = {
        (row.person.first_name, row.share_bp, row.role, row.floor_bp, row.reason)
        for row in CreditShare.objects.filter(referral=made)
    }
    assert rows == {
        ("Kamil", 8_000, "introducer", 3_000, "reuse"),
        ("Marta", 2_000, "opener", 2_000, "reuse"),
    }
    assert made.originator == kamil


def test_ones_own_client_is_all_ones_own(shared, marta, plan, at):
    made = capture(marta, shared, at)
    assert in_force(made) == {"Marta": 10_000}
    assert CreditShare.objects.get().floor_bp == 3_000


def test_a_setting_of_nothing_switches_it_off(shared, marta, kamil, at):
    Setting.objects.create(key="reuse_share_bp", value=0, valid_from=at - MINUTE, set_at=at)
    assert in_force(capture(kamil, shared, at)) == {"Kamil": 10_000}


def test_an_owner_who_left_has_none(shared, marta, kamil, at):
    Person.objects.filter(pk=marta.pk).update(is_active=False)
    assert in_force(capture(kamil, shared, at)) == {"Kamil": 10_000}


def test_a_reusable_link_of_a_shared_client_counts_too(shared, marta, kamil, plan, at):
    link = invitations.make(by=kamil, at=at, client=shared)
    made = friends.author(link, at)
    assert in_force(made) == {"Kamil": 8_000, "Marta": 2_000}
    own = friends.author(invitations.make(by=marta, at=at, client=shared), at)
    assert in_force(own) == {"Marta": 10_000}


def test_before_the_friends_yes_the_owner_learns_nothing(shared, marta, kamil, plan, at):
    """Invariant 21: a referral would tell what was answered to Kamil's ask."""
    made = capture(kamil, shared, at)
    assert made not in mine(marta, at=at + MINUTE)
    month = month_of(at, ZONE)
    assert my_money(marta, month, at=at + MINUTE, zone=ZONE, now=month).possible == []


def test_then_the_owner_sees_the_stages_and_earns_but_gets_no_contact(
    shared, marta, kamil, plan, at, client
):
    made = capture(kamil, shared, at)
    say_yes(made.invitation, at + MINUTE)
    made.refresh_from_db()
    assert Grant.objects.get(referral=made).why == "owner"
    assert made in mine(marta, at=at + timedelta(hours=1))
    paid = dict(Line.objects.values_list("person__first_name", "amount_grosze"))
    assert paid == {"Kamil": 800, "Marta": 200}
    with pytest.raises(NotAllowed):
        reveal(marta, made, "phone", at + timedelta(hours=1))
    client.force_login(marta)
    page = client.get(reverse("referrals:one", args=[made.public_id]))
    assert page.status_code == 200
    assert "Nowak" not in page.content.decode()


def test_it_is_told_before_and_after_saving(shared, marta, kamil, plan, at, client):
    ask = asks.record(by=kamil, at=at, client=shared, key="ask")
    client.force_login(kamil)
    doors = [
        reverse("capture:client", args=[shared.public_id]),
        reverse("capture:unasked", args=[shared.public_id]),
        reverse("capture:sheet", args=[ask.public_id]),
    ]
    made = capture(kamil, shared, at, key="two")
    for door in [*doors, reverse("capture:receipt", args=[made.public_id])]:
        said = client.get(door).content.decode()
        assert "Marta Zielinska" in said, door
        assert "80%" in said, door
        assert "20%" in said, door
    client.force_login(marta)
    own = client.get(reverse("capture:client", args=[shared.public_id])).content.decode()
    assert "Zielinska" not in own.partition("<main")[2]


def test_ones_own_client_costs_no_more_queries(shared, marta, kamil, plan, at):
    """A colleague's client costs one look and one row more; one's own nothing."""
    counted = []
    for number, who in enumerate((marta, kamil)):
        ask = asks.record(by=who, at=at, client=shared, key=f"ask-{number}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            referrals.capture(
                by=who, at=at, client=shared, first_name="Piotr", ask=ask, key=f"{number}"
            )
        counted.append(len(asked))
    assert counted[1] - counted[0] == 1
