"""A balance of favours: counts and calm words, for the two of them and nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from polecam.actions import asks, referrals, sales
from polecam.insights import favours
from polecam.people.models import Role
from polecam.web.pages.favours import words
from tests.cast import client as client_of
from tests.cast import person
from tests.handoffs.support import branch_wide, offered, taken
from tests.privacy.friend import say_yes
from tests.referrals.growing import consented
from tests.shares.support import shared

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def handed(branch, anna, marta, kamil, at):
    """Kamil handed Marta two friends, Marta handed Kamil one."""
    piotr = client_of(branch, kamil, "Jan", "Zych", at=at)
    given = []
    for number, (client, giver, receiver) in enumerate(
        [(piotr, kamil, marta), (piotr, kamil, marta), (anna, marta, kamil)]
    ):
        phone = f"+4860067341{number}"
        referral = branch_wide(client, at=at - 3 * DAY, phone=phone, first=f"Ola{number}")
        taken(offered(referral, giver, receiver, at - 2 * DAY), receiver, at - DAY)
        given.append(referral)
    return given


def said(reader, other, at, language="pl") -> str:
    balance = favours.with_colleague(reader, other.public_id, at=at)
    with override(language):
        return words.summary(balance, reader).replace("\u00a0", " ")


def test_both_read_the_same_from_their_own_side(handed, marta, kamil, at):
    balance = favours.with_colleague(marta, kamil.public_id, at=at)
    assert (balance.got, balance.given, balance.together) == (2, 1, 0)
    mirror = favours.with_colleague(kamil, marta.public_id, at=at)
    assert (mirror.got, mirror.given) == (1, 2)
    assert said(marta, kamil, at, "en") == "Kamil brought you two people, you him one."
    assert said(kamil, marta, at, "en") == "Marta brought you one person, you her two."


def test_it_is_said_calmly_in_polish(handed, marta, kamil, at):
    assert said(marta, kamil, at) == "Kamil przyniósł Ci dwie osoby, Ty jemu jedną."
    assert said(kamil, marta, at) == "Marta przyniosła Ci jedną osobę, Ty jej dwie."


@pytest.mark.parametrize("role", Role.values)
def test_nobody_else_sees_it_whatever_their_role(client, handed, branch, marta, kamil, role, at):
    visitor = person(branch, role, "Ola", "Pietrzak", "f", at=at)
    client.force_login(visitor)
    for door in (
        reverse("favours:list"),
        reverse("favours:one", args=[marta.public_id]),
        reverse("favours:one", args=[kamil.public_id]),
        reverse("fair:fair"),
        reverse("team:team"),
    ):
        page = client.get(door)
        assert page.status_code in (200, 403, 404)
        assert "brought you" not in page.content.decode()
        assert "przyni" not in page.content.decode().partition("<main")[2]
    assert favours.balances(visitor, at=at) == []


def test_the_two_open_it_and_find_no_amounts(client, handed, marta, kamil, at):
    client.force_login(marta)
    listed = client.get(reverse("favours:list")).content.decode()
    assert reverse("favours:one", args=[kamil.public_id]) in listed
    page = client.get(reverse("favours:one", args=[kamil.public_id])).content.decode()
    assert "Ola0" in page
    assert "zł" not in page.partition("<main")[2]
    assert "%" not in page.partition("<main")[2].partition("</main")[0]


def test_a_shared_client_counts_once_the_friend_agreed(anna, marta, kamil, plan, at):
    anna.shared = True
    anna.save()
    ask = asks.record(by=kamil, at=at - DAY, client=anna, key="ask")
    made = referrals.capture(
        by=kamil, at=at - DAY, client=anna, first_name="Piotr", ask=ask, key="one"
    )
    assert favours.balances(marta, at=at) == [], "an ask's answer is its asker's alone"
    assert favours.balances(kamil, at=at) == []
    say_yes(made.invitation, at - DAY)
    (balance,) = favours.balances(marta, at=at)
    assert (balance.colleague, balance.given, balance.got) == (kamil, 1, 0)
    (mirror,) = favours.balances(kamil, at=at)
    assert (mirror.colleague, mirror.given, mirror.got) == (marta, 0, 1)


def test_a_joint_sale_is_counted_for_both_and_only_once_confirmed(
    anna, marta, kamil, tomek, plan, at
):
    referral = shared(anna, at - 2 * DAY, (marta, 7_000), (kamil, 3_000, "closer"), plan=plan.pk)
    sale = sales.report(
        by=marta, at=at, referral=referral, value_grosze=900_000, margin_grosze=90_000,
        sold_on=at.date(),
    )  # fmt: skip
    assert favours.balances(marta, at=at) == []
    sales.confirm(by=tomek, at=at, sale=sale)
    (balance,) = favours.balances(marta, at=at)
    assert (balance.colleague, balance.together) == (kamil, 1)
    assert favours.balances(tomek, at=at) == []
    sales.void(by=tomek, at=at, sale=sale, reason="mistake")
    assert favours.balances(kamil, at=at) == []


def test_nothing_between_two_is_no_page(client, anna, marta, kamil, at):
    consented(anna, at=at - DAY)
    client.force_login(marta)
    assert client.get(reverse("favours:one", args=[kamil.public_id])).status_code == 404
    assert client.get(reverse("favours:one", args=[marta.public_id])).status_code == 404
    assert client.get(reverse("favours:list")).status_code == 200
