"""One person or two? What a manager and an admin see of a pair, and what their answers do."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from polecam.organisation.models import Branch, Setting
from polecam.parties.models import Match, MatchState, Merge, Party
from tests import cast
from tests.matches.people import (
    DAY,
    EMAIL,
    OTHER_PHONE,
    PHONE,
    client_with,
    friend,
    pair,
)

pytestmark = pytest.mark.django_db


def browser(person) -> Browser:
    made = Browser()
    made.force_login(person)
    return made


@pytest.fixture
def elsewhere(firm, at) -> Branch:
    return Branch.objects.create(name="Oddział Krowodrza", created_at=at - 300 * DAY)


@pytest.fixture
def two(branch, marta, kamil, at) -> Match:
    """Anna Kowalczyk and Ania Kowalczyk, clients of two sellers of one branch."""
    one = client_with(branch, marta, "Anna", "Kowalczyk", at=at - DAY, phone=PHONE, email=EMAIL)
    other = client_with(branch, kamil, "Ania", "Kowalczyk", at=at, phone=OTHER_PHONE)
    return pair(one.party, other.party, at, reasons=["diminutive", "other_phone"])


def test_the_manager_sees_both_sides_and_no_contact(two, tomek):
    shown = browser(tomek).get(f"/matches/{two.public_id}/").content.decode()
    for said in ("Anna Kowalczyk", "Ania Kowalczyk", "Marta Zielinska", "Kamil Duda", "Podgórze"):
        assert said in shown, said
    for hidden in (PHONE, "601 673 417", "601673417", EMAIL, "77%", "7700", "0.77"):
        assert hidden not in shown, hidden


def test_one_person_joins_and_can_be_undone(two, tomek):
    desk = browser(tomek)
    assert desk.post(f"/matches/{two.public_id}/same/")["Location"] == "/matches/"
    two.refresh_from_db()
    merge = Merge.objects.get()
    assert (two.state, two.decided_by, merge.match) == (MatchState.SAME, tomek, two)
    assert Party.objects.get(pk=two.other_id).same_as_id == two.one_id
    assert b"/part/" in desk.get("/matches/").content
    desk.post(f"/matches/joins/{merge.public_id}/part/")
    assert not Party.objects.filter(same_as__isnull=False).exists()
    two.refresh_from_db()
    assert two.state == MatchState.DIFFERENT


def test_two_people_is_remembered_and_can_be_looked_at_again(two, tomek):
    desk = browser(tomek)
    desk.post(f"/matches/{two.public_id}/different/")
    two.refresh_from_db()
    assert (two.state, two.decided_by) == (MatchState.DIFFERENT, tomek)
    answer = desk.post(f"/matches/{two.public_id}/again/")
    assert answer["Location"] == f"/matches/{two.public_id}/"
    two.refresh_from_db()
    assert (two.state, two.decided_by, two.decided_at) == (MatchState.OPEN, None, None)


def test_an_answer_given_twice_is_told_and_changes_nothing(two, tomek):
    desk = browser(tomek)
    desk.post(f"/matches/{two.public_id}/different/")
    again = desk.post(f"/matches/{two.public_id}/same/", follow=True)
    assert not Merge.objects.exists()
    assert again.status_code == 200
    assert len(list(again.context["messages"])) == 2


def test_progress_and_the_next_pair(branch, marta, two, tomek, at):
    for number in range(2):
        one = cast.client(branch, marta, "Jan", f"Rogal{number}", at=at)
        other = cast.client(branch, marta, "Janusz", f"Rogal{number}", at=at)
        pair(one.party, other.party, at, score_bp=7_100 - number)
    desk = browser(tomek)
    first = desk.get(f"/matches/{two.public_id}/")
    place = first.context["place"]
    assert (place.number, place.total) == (1, 3)
    later = desk.get(f"/matches/{place.later}/").context["place"]
    assert (later.number, later.total) == (2, 3)
    moved = desk.post(f"/matches/{two.public_id}/different/")
    assert moved["Location"] == f"/matches/{place.later}/"
    last = desk.get(f"/matches/{later.later}/").context["place"]
    assert (last.number, last.later) == (2, "")


def test_a_pair_across_branches_goes_to_the_admin_with_names_only(
    branch, elsewhere, marta, tomek, ada, at
):
    olga = cast.person(elsewhere, "seller", "Olga", "Bielak", "f", at=at)
    one = client_with(branch, marta, "Anna", "Kowalczyk", at=at, phone=PHONE)
    other = client_with(elsewhere, olga, "Ania", "Kowalczyk", at=at, phone=PHONE)
    match = pair(one.party, other.party, at, reasons=["same_phone", "diminutive"])
    assert browser(tomek).get(f"/matches/{match.public_id}/").status_code == 404
    assert browser(tomek).post(f"/matches/{match.public_id}/same/").status_code == 404
    shown = browser(ada).get(f"/matches/{match.public_id}/").content.decode()
    assert "Anna Kowalczyk" in shown
    assert "Ania Kowalczyk" in shown
    for hidden in ("Marta", "Olga", "Krowodrza", "Podgórze", PHONE):
        assert hidden not in shown, hidden
    browser(ada).post(f"/matches/{match.public_id}/same/")
    assert Merge.objects.get().by == ada


def test_a_friend_is_shown_by_first_name_and_stage(anna, branch, marta, kamil, tomek, at, settings):
    Setting.objects.create(
        key="monitoring_notice", value=(at - 30 * DAY).date().isoformat(),
        valid_from=at - 30 * DAY, set_at=at,
    )  # fmt: skip
    marta.notice_acknowledged_at = at - 20 * DAY
    marta.save()
    referral = friend(anna, marta, at)
    known = client_with(branch, kamil, "Piotrek", "Nowak", at=at)
    match = pair(referral.party, known.party, at)
    shown = browser(tomek).get(f"/matches/{match.public_id}/")
    sides = {side.kind: side for side in shown.context["sides"]}
    assert {side.name for side in sides.values()} == {"Piotr", "Piotrek Nowak"}
    assert "Marta" not in shown.content.decode().split("<main")[1]
    assert len([side for side in sides.values() if len(side.facts) == 3]) == 2


def test_before_the_notice_the_stage_stays_hidden(anna, branch, marta, kamil, tomek, at):
    referral = friend(anna, marta, at)
    known = client_with(branch, kamil, "Piotrek", "Nowak", at=at)
    match = pair(referral.party, known.party, at)
    sides = browser(tomek).get(f"/matches/{match.public_id}/").context["sides"]
    assert [len(side.facts) for side in sides] == [2, 3]


@pytest.mark.parametrize("role", ["marta", "irena", "pawel"])
def test_nobody_else_looks(request, two, role):
    desk = browser(request.getfixturevalue(role))
    assert desk.get("/matches/").status_code == 403
    assert desk.post(f"/matches/{two.public_id}/same/").status_code == 403
    assert not Merge.objects.exists()


def test_nothing_doubtful_is_said_calmly(tomek):
    answer = browser(tomek).get("/matches/")
    assert answer.status_code == 200
    assert not answer.context["pairs"]
    assert "empty" in answer.content.decode()


def test_it_waits_on_the_page_fair_until_answered(two, tomek):
    desk = browser(tomek)
    assert "/matches/" in desk.get("/fair/waiting/").content.decode()
    desk.post(f"/matches/{two.public_id}/different/")
    assert "/matches/" not in desk.get("/fair/waiting/").content.decode()


def test_an_erased_record_leaves_the_list(two, tomek, irena, at):
    from polecam.actions import privacy

    privacy.erase(by=irena, at=at + timedelta(minutes=1), party=two.other)
    two.refresh_from_db()
    assert (two.state, two.reasons) == (MatchState.VOID, [])
    assert browser(tomek).get(f"/matches/{two.public_id}/").status_code == 404
