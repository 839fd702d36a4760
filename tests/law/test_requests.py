"""Requests about one's data: their month, more time with a reason, the answer, what stays."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from polecam.actions import person_requests, privacy, setup
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.privacy import rules
from polecam.privacy.models import PersonRequest, Suppression
from tests.privacy.friend import EMAIL, PHONE, capture, say_yes

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def friend(anna, marta, at):
    return say_yes(capture(anna, marta, at).invitation, at, channels=["phone", "email"]).party


@pytest.fixture
def desk(irena) -> Client:
    browser = Client()
    browser.force_login(irena)
    return browser


def noted(irena, at, **said) -> PersonRequest:
    return person_requests.note(
        by=irena, at=at, **({"kind": "access", "who": "Jan Zych, Kraków"} | said)
    )


@given(
    day=st.dates(date(2024, 1, 1), date(2031, 12, 31)), days=st.integers(min_value=1, max_value=31)
)
def test_an_answer_is_due_within_a_month_and_at_most_three(day, days):
    due, longest = rules.request_due(day, days), rules.extended_due(day)
    assert day < due <= rules.months_later(day, 1) < longest
    assert (due - day).days <= days
    assert (longest.year * 12 + longest.month) - (day.year * 12 + day.month) == 3
    assert longest.day <= day.day


def test_february_is_a_month_too():
    assert rules.request_due(date(2027, 1, 31), 31) == date(2027, 2, 28)
    assert rules.extended_due(date(2026, 11, 30)) == date(2027, 2, 28)


def test_the_firm_may_be_quicker_than_the_law(irena, ada, firm, at):
    setup.set_setting(by=ada, at=at, key="request_days", value=7)
    made = noted(irena, at + timedelta(minutes=1), received_on=at.date() - 3 * DAY)
    assert made.due_on == at.date() + 4 * DAY


def test_only_the_officer_and_the_person_note_one(marta, tomek, ada, friend, at):
    for person in (marta, tomek, ada):
        with pytest.raises(NotAllowed):
            noted(person, at)
    one = person_requests.note(by=None, at=at, kind="erase", party=friend, came="own_page")
    two = person_requests.note(by=None, at=at, kind="erase", party=friend, came="own_page")
    assert one == two, "tapped twice, it is one"
    assert Event.objects.filter(kind="personrequest.noted").count() == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "else"}, "request_kind"),
        ({"came": "pigeon"}, "request_kind"),
        ({"who": "  "}, "request_who"),
        ({"received_on": date(2099, 1, 1)}, "request_in_future"),
    ],
)
def test_what_cannot_be_noted(irena, firm, at, said, code):
    with pytest.raises(Refused, match=code):
        noted(irena, at, **said)
    assert not PersonRequest.objects.exists()


def test_more_time_is_given_once_before_the_day_with_a_reason(irena, firm, at):
    request = noted(irena, at, received_on=at.date() - 20 * DAY)
    with pytest.raises(Refused, match="request_needs_reason"):
        person_requests.extend(by=irena, at=at, request=request, why=" ")
    done = person_requests.extend(by=irena, at=at, request=request, why="Wiele źródeł")
    assert done.due_on == rules.extended_due(request.received_on)
    with pytest.raises(Refused, match="request_extended"):
        person_requests.extend(by=irena, at=at, request=request, why="Jeszcze")
    event = Event.objects.get(kind="personrequest.extended")
    assert "Wiele" not in str(event.data)
    late = noted(irena, at, received_on=at.date() - 40 * DAY)
    with pytest.raises(Refused, match="request_late"):
        person_requests.extend(by=irena, at=at, request=late, why="Za późno")


def test_an_erasure_is_done_only_when_the_person_is_gone(irena, friend, at):
    request = person_requests.note(by=None, at=at, kind="erase", party=friend, came="own_page")
    with pytest.raises(Refused, match="request_not_erased"):
        person_requests.finish(by=irena, at=at, request=request, outcome="done")
    with pytest.raises(Refused, match="request_somebody"):
        person_requests.finish(by=irena, at=at, request=request, outcome="nothing_kept")
    other = person_requests.note(by=irena, at=at, kind="access", party=friend)
    privacy.erase(by=irena, at=at, party=friend)
    request.refresh_from_db()
    assert (request.outcome, request.done_at) == ("done", at), "the erasure itself answered it"
    other.refresh_from_db()
    assert other.done_at is None, "somebody still waits for a letter"
    person_requests.finish(by=irena, at=at, request=other, outcome="nothing_kept")


def test_a_refusal_has_its_reason_and_names_go_with_the_answer(irena, firm, at):
    request = noted(irena, at)
    with pytest.raises(Refused, match="request_nobody"):
        person_requests.finish(by=irena, at=at, request=request, outcome="done")
    with pytest.raises(Refused, match="request_needs_reason"):
        person_requests.finish(by=irena, at=at, request=request, outcome="refused")
    person_requests.finish(
        by=irena, at=at, request=request, outcome="refused", why="Pismo bez podpisu"
    )
    request.refresh_from_db()
    assert (request.who, request.outcome_why) == ("", "Pismo bez podpisu")
    with pytest.raises(Refused, match="request_over"):
        person_requests.finish(by=irena, at=at, request=request, outcome="done")


def test_a_letter_that_names_the_person_goes_with_them(irena, friend, at):
    named = noted(irena, at, who="Pan Nowak Piotr, tel. 601 673 417")
    other = noted(irena, at, who="Piotr Kowal, Rzeszów")
    privacy.erase(by=irena, at=at, party=friend)
    named.refresh_from_db()
    other.refresh_from_db()
    assert (named.who, named.party) == ("", friend)
    assert other.who == "Piotr Kowal, Rzeszów"


# --- the pages --------------------------------------------------------------------------


def test_from_the_letter_to_the_answer(desk, friend, irena, at):
    typed = {"kind": "access", "came": "letter", "who": "P. Nowak", "received_on": at.date()}
    answer = desk.post(reverse("privacy:note"), typed)
    request = PersonRequest.objects.get()
    page = reverse("privacy:request", args=[request.public_id])
    assert answer["Location"] == page
    assert "P. Nowak" in desk.get(page).content.decode()
    found = desk.post(reverse("privacy:find", args=[request.public_id]), {"who": "Piotr Nowak"})
    assert found.status_code == 303
    request.refresh_from_db()
    assert (request.party, request.who) == (friend, "")
    seen = desk.post(reverse("privacy:open", args=[friend.public_id]), {"reason": "access"})
    shown = desk.get(seen["Location"]).content.decode()
    assert PHONE in shown
    assert "Marta Zielinska" in shown, "the words of the consent, as they were read"
    told = desk.post(reverse("privacy:export", args=[friend.public_id])).json()
    assert told["privacy"]["requests"][0]["request"] == "access"
    assert all(consent["wording_holds"] for consent in told["privacy"]["consents"])
    done = desk.post(reverse("privacy:finish", args=[request.public_id]), {"outcome": "done"})
    assert done["Location"] == reverse("privacy:requests")
    assert PersonRequest.objects.get().outcome == "done"


def test_the_nearest_day_stands_first_and_a_missed_one_apart(desk, irena, firm, at):
    soon = noted(irena, at, received_on=at.date() - 25 * DAY)
    later = noted(irena, at, received_on=at.date() - DAY)
    late = noted(irena, at, received_on=at.date() - 40 * DAY)
    shown = desk.get(reverse("privacy:requests")).context
    assert [row.request for row in shown["rows"]] == [soon, later]
    assert [row.request for row in shown["late"]] == [late]
    assert desk.get(reverse("privacy:people")).context["late"] == 1


def test_bad_input_keeps_what_was_typed(desk, irena, firm, at):
    typed = {"kind": "access", "came": "letter", "who": "Ewa Lis", "received_on": "2099-01-01"}
    answer = desk.post(reverse("privacy:note"), typed)
    assert answer.status_code == 422
    assert "Ewa Lis" in answer.content.decode()
    request = noted(irena, at)
    for act, said in (("extend", {"why": " "}), ("finish", {}), ("find", {"who": "Nikt Taki"})):
        again = desk.post(reverse(f"privacy:{act}", args=[request.public_id]), said)
        assert again.status_code == 422, act
    assert desk.get(reverse("privacy:request", args=["nope"])).status_code == 404


def test_an_objection_by_letter_stops_everything(desk, friend, anna, marta, at):
    desk.post(reverse("privacy:open", args=[friend.public_id]), {"reason": "objection"})
    page = reverse("privacy:object", args=[friend.public_id])
    assert desk.post(page).status_code == 422
    assert desk.post(page, {"sure": "on"}).status_code == 303
    friend.refresh_from_db()
    assert friend.erased_at is not None
    kinds = set(Suppression.objects.values_list("kind", flat=True))
    assert {"phone", "email", "name_of_client"} <= kinds
    invitation = capture(anna, marta, at, name="Ola").invitation
    again = privacy.consent(
        invitation=invitation, at=at, first_name="Piotr", channels=["email"], email=EMAIL
    )
    assert again is None


def test_a_name_is_put_right(desk, friend):
    desk.post(reverse("privacy:open", args=[friend.public_id]), {"reason": "correction"})
    page = reverse("privacy:correct", args=[friend.public_id])
    assert desk.post(page, {"first_name": " "}).status_code == 422
    assert desk.post(page, {"first_name": "Piotr", "last_name": "Nowakowski"}).status_code == 303
    friend.refresh_from_db()
    assert (friend.last_name, "nowakowski" in friend.name_key) == ("Nowakowski", True)
    assert Event.objects.get(kind="party.corrected").data == {}


@pytest.mark.parametrize("page", ["requests", "note", "clocks", "retention", "register"])
def test_nobody_else_gets_in(marta, tomek, ada, pawel, firm, page):
    for person in (marta, tomek, ada, pawel):
        browser = Client()
        browser.force_login(person)
        assert browser.get(reverse(f"privacy:{page}")).status_code == 403
