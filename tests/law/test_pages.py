"""The page of every rule, and balancing tests: who reads, who writes, who signs."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from polecam.actions import balancing, setup
from polecam.insights.law import RULES
from polecam.kit.errors import NotAllowed, Refused
from polecam.privacy.models import BalancingTest
from tests import cast

pytestmark = pytest.mark.django_db
MOST = 12
SAID = {
    "title": "Karta dla klientów z polisą",
    "interest": "Chcemy podziękować i dać link.",
    "necessity": "Osobista rozmowa nie dociera do wszystkich.",
    "balance": "Spodziewają się słowa od doradcy.",
    "safeguards": "Limit próśb, jeden przycisk „nigdy”.",
}


def sign_in(person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def test_every_rule_is_shown_with_its_proof(world, irena, ada):
    for reader in (irena, ada):
        page = sign_in(reader).get(reverse("law:rules"))
        assert page.status_code == 200
        cards = [card for _title, cards in page.context["chapters"] for card in cards]
        assert {card.rule.id for card in cards} == {rule.id for rule in RULES}
        assert all(card.proof for card in cards)


def test_one_rule_tells_who_changed_its_setting_and_why(firm, ada, irena, at):
    setup.set_setting(by=ada, at=at, key="inactive_days", value=400, why="Audyt trwa rok")
    shown = sign_in(irena).get(reverse("law:rule", args=["C11"])).content.decode()
    assert "400" in shown
    assert "Ada Maj" in shown
    assert "Audyt trwa rok" in shown
    assert reverse("setup:setting", args=["inactive_days"]) not in shown, "the admin changes it"
    assert sign_in(ada).get(reverse("law:rule", args=["C99"])).status_code == 404


def test_what_is_wrong_is_said_in_plain_view(firm, irena, anna, at):
    cast.client(anna.branch, anna.owner, "Jan", "Lis", at=at)
    from polecam.referrals.models import Contact
    from tests.privacy.friend import capture

    referral = capture(anna, anna.owner, at)
    Contact.objects.create(
        referral=referral, by=anna.owner, channel="phone", result="reached", at=at
    )
    page = sign_in(irena).get(reverse("law:rules"))
    assert "C01" in {card.rule.id for card in page.context["look"]}


def test_the_officer_signs_what_somebody_else_wrote(ada, irena, at):
    browser = sign_in(ada)
    answer = browser.post(reverse("law:write"), SAID)
    test = BalancingTest.objects.get()
    assert answer["Location"] == reverse("law:test", args=[test.public_id])
    review = (at + timedelta(days=300)).date()
    word = {"passes": "yes", "review_on": review.isoformat()}
    page = reverse("law:test", args=[test.public_id])
    assert browser.post(page, word).status_code == 403, "an admin does not sign"
    assert sign_in(irena).post(page, word).status_code == 303
    test.refresh_from_db()
    assert (test.passes, test.signed_by, test.review_on) == (True, irena, review)


def test_whoever_wrote_it_does_not_sign(irena, branch, at):
    test = balancing.write(by=irena, at=at, **SAID)
    review = (at + timedelta(days=300)).date()
    with pytest.raises(NotAllowed, match="balancing_own"):
        balancing.sign(by=irena, at=at, test=test, passes=True, review_on=review)
    second = cast.person(branch, "dpo", "Olga", "Kot", "f", at=at)
    balancing.sign(by=second, at=at, test=test, passes=False, review_on=review)


def signed(ada, irena, at) -> BalancingTest:
    test = balancing.write(by=ada, at=at, **SAID)
    return balancing.sign(
        by=irena, at=at, test=test, passes=True, review_on=(at + timedelta(days=90)).date()
    )


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_keeps_what_was_signed(ada, irena, at, change):
    test = signed(ada, irena, at)
    rows = BalancingTest.objects.filter(pk=test.pk)
    deed = rows.delete if change == "delete" else lambda: rows.update(balance="Nic złego.")
    with pytest.raises(DatabaseError), transaction.atomic():
        deed()
    test.refresh_from_db()
    assert test.balance == SAID["balance"]


def test_a_signed_test_goes_on_as_its_next_version(ada, irena, at):
    first = signed(ada, irena, at)
    second = balancing.write(by=ada, at=at, test=first, **(SAID | {"balance": "Nowe."}))
    assert (second.version, second.title, second.signed_at) == (2, first.title, None)
    with pytest.raises(Refused, match="balancing_draft_open"):
        balancing.write(by=ada, at=at, test=first, **SAID)
    with pytest.raises(Refused, match="balancing_title_taken"):
        balancing.write(by=ada, at=at, **SAID)
    with pytest.raises(Refused, match="balancing_signed"):
        balancing.sign(by=irena, at=at, test=first, passes=False, review_on=at.date())


@pytest.mark.parametrize("days", [0, -1, 900])
def test_the_next_look_is_ahead_and_within_two_years(ada, irena, at, days):
    test = balancing.write(by=ada, at=at, **SAID)
    with pytest.raises(Refused, match="balancing_review"):
        balancing.sign(
            by=irena, at=at, test=test, passes=True, review_on=(at + timedelta(days=days)).date()
        )


def test_a_part_left_empty_keeps_the_rest(ada):
    answer = sign_in(ada).post(reverse("law:write"), SAID | {"balance": " "})
    assert answer.status_code == 422
    assert SAID["interest"] in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "law:rules", "law:rule", "law:tests", "law:test", "privacy:people", "privacy:requests",
        "privacy:request", "privacy:clocks", "privacy:retention", "privacy:register",
    ],
)  # fmt: skip
def test_pages_ask_little_of_the_database(world, irena, name, django_assert_max_num_queries):
    arguments = {"law:rule": ["C11"], "law:test": ["law:ref"], "privacy:request": ["privacy:ref"]}
    given = [world.samples.get(key, key) for key in arguments.get(name, [])]
    browser = sign_in(irena)
    path = reverse(name, args=given)
    assert browser.get(path).status_code == 200
    with django_assert_max_num_queries(MOST):
        browser.get(path)
