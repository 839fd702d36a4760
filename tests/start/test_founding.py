"""The start link, two hands at one step, and what is refused: nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import start
from polecam.bonuses.models import PlanVersion
from polecam.bonuses.planning import rules as plan_rules
from polecam.bonuses.planning import templates
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import currencies
from polecam.organisation import settings as dated
from polecam.organisation.currencies import EUR, PLN, rescaled
from polecam.organisation.models import Branch, Organisation, Setting
from polecam.people import links
from polecam.people.models import Membership, Person, Role
from polecam.signin.models import Factor, Session
from polecam.web.ui.firm import forget
from tests import cast
from tests.start.support import SALON, WANDA, first_day
from tests.start.test_wizard import FIRM, YOU, begun, founded, link
from tests.support.threads import together

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_chosen_yet():
    """Zone and currency of the tests before are of another firm."""
    dated._fixed.clear()
    forget()
    yield
    dated._fixed.clear()
    forget()


def test_a_forged_link_opens_nothing(db):
    assert links.start_issued("1795679890-AAAAAAAAAAAAAAAAAAAAAA") is None
    assert links.start_issued("-") is None
    assert Browser().get("/start/1795679890-AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404


def test_a_link_of_yesterday_says_how_to_get_a_new_one(db):
    answer = Browser().get(link(timedelta(hours=25)))
    assert answer.status_code == 410
    assert "polecam init" in answer.content.decode()


def test_once_the_firm_stands_the_link_is_gone(db):
    founded()
    for method in ("get", "post"):
        answer = getattr(Browser(), method)(link(), YOU)
        assert answer.status_code == 410
    assert Person.objects.count() == 1


def test_the_link_is_limited(db):
    browser = Browser()
    found = {browser.get(link()).status_code for _ in range(32)}
    assert found == {200, 429}


@pytest.mark.parametrize(
    ("field", "typed"),
    [("email", "wanda@"), ("password", "krotkie"), ("password", "password1234"),
     ("first_name", " ")],
)  # fmt: skip
def test_what_is_wrong_stays_in_the_form(db, field, typed):
    answer = Browser().post(link(), YOU | {field: typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert "Lis" in answer.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [("zone", "Mars/Olympus"), ("currency", "XXX"), ("business", "pirates"), ("language", "xx"),
     ("name", "   ")],
)  # fmt: skip
def test_a_firm_of_nonsense_is_asked_again(db, field, typed):
    browser = begun()
    answer = browser.post(reverse("start:firm"), FIRM | {field: typed})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Organisation.objects.exists()
    with pytest.raises(Refused):
        start.found(by=Person.objects.get(), at=datetime.now(UTC), **(FIRM | {field: typed}))


def test_stopped_after_any_step_one_goes_on_on_another_device(db):
    begun()
    other = Browser()
    assert "Zaloguj" in other.get(link(), headers={"accept-language": "pl"}).content.decode()
    other.force_login(Person.objects.get())
    assert other.get("/").url == reverse("start:overview")
    assert reverse("start:firm") in other.get(reverse("start:overview")).content.decode()
    assert other.get(reverse("start:branch")).url == reverse("start:firm")
    other.post(reverse("start:firm"), FIRM)
    third = Browser()
    third.force_login(Person.objects.get())
    assert reverse("start:branch") in third.get(reverse("start:overview")).content.decode()


def test_going_back_changes_the_firm_until_a_branch_is_open(db):
    browser = begun()
    browser.post(reverse("start:firm"), FIRM)
    browser.post(reverse("start:firm"), FIRM | {"currency": "EUR", "business": "b2b"})
    firm = Organisation.objects.get()
    assert (firm.currency, firm.business) == ("EUR", "b2b")
    assert Setting.objects.get(key="hour_cost_grosze").value == 1_500
    browser.post(reverse("start:firm"), FIRM)
    assert not Setting.objects.filter(key="hour_cost_grosze").exists()
    browser.post(reverse("start:branch"), {"name": "Zabłocie"})
    assert browser.post(reverse("start:firm"), FIRM | {"currency": "EUR"}).status_code == 302
    assert Organisation.objects.get().currency == "PLN"


def test_a_newer_link_lets_its_holder_begin_anew(db):
    begun(email="pomylka@salon.example")
    at = datetime.now(UTC)
    later = at + timedelta(seconds=2)
    person = start.introduce(at=later, issued_at=at + timedelta(seconds=1), **WANDA)
    assert Person.objects.get() == person
    assert person.email == "wanda@salon.example"
    with pytest.raises(Refused, match="start_begun"):
        start.introduce(at=later, issued_at=at, **WANDA)


def test_whoever_began_by_an_older_link_keeps_no_way_in(db):
    first = begun(email="pomylka@salon.example")
    at = datetime.now(UTC)
    stranger = Person.objects.get()
    Factor.objects.create(
        person=stranger, kind="passkey", credential="abc", created_at=at, confirmed_at=at
    )
    start.introduce(at=at + timedelta(seconds=2), issued_at=at + timedelta(seconds=1), **WANDA)
    assert not Factor.objects.exists()
    assert not Session.objects.filter(ended_at=None).exists()
    assert reverse("entry:sign_in") in first.get(reverse("start:firm")).url


def test_nobody_else_founds(db):
    begun()
    stranger = Person.objects.create(
        email="x@salon.example", first_name="X", created_at=datetime.now(UTC)
    )
    with pytest.raises(NotAllowed):
        start.found(by=stranger, at=datetime.now(UTC), **SALON)
    browser = Browser()
    browser.force_login(stranger)
    assert browser.get(reverse("start:firm")).url == reverse("entry:no_role")


def test_a_seller_is_sent_home(db, at):
    people = first_day(at)
    browser = Browser()
    browser.force_login(people[Role.SELLER])
    assert browser.get(reverse("start:overview")).url == "/"
    assert browser.get(reverse("start:manager")).status_code == 403


def test_leading_it_oneself_is_for_whoever_is_alone(db, at):
    people = first_day(at)
    with pytest.raises(Refused, match="manager_there"):
        start.lead_it_myself(by=people[Role.ADMIN], at=at, branch=Branch.objects.get())


def test_the_notice_waits_only_with_a_reason(db):
    browser = founded()
    answer = browser.post(reverse("start:put_off", args=["notice"]), {"why": " "})
    assert answer.status_code == 422
    assert not Setting.objects.filter(key="start_put_off").exists()
    assert browser.post(reverse("start:put_off", args=["privacy"])).status_code == 404


def test_the_steps_can_be_put_away(db):
    browser = founded()
    assert reverse("start:overview") in browser.get(reverse("setup:setup")).content.decode()
    browser.post(reverse("start:put_away"))
    assert reverse("start:overview") not in browser.get(reverse("setup:setup")).content.decode()
    assert browser.get(reverse("start:overview")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_browsers_at_one_step_have_one_effect(at):
    said = together(lambda n: start.introduce(at=at, issued_at=at, **WANDA), hands=2)
    assert sorted(said) == ["done", "start_begun"]
    wanda = Person.objects.get()
    together(lambda n: start.found(by=wanda, at=at, **SALON), hands=2)
    assert Organisation.objects.count() == 1
    said = together(
        lambda n: start.open_first_branch(
            by=Person.objects.get(), at=at, name="Zabłocie", plan_name="Plan"
        ),
        hands=2,
    )
    assert sorted(said) == ["done", "start_over"]
    assert Branch.objects.count() == Membership.objects.count() == PlanVersion.objects.count() == 1


@pytest.mark.parametrize("code", templates.CODES)
@pytest.mark.parametrize("currency", [PLN, EUR])
def test_every_template_is_sound_in_every_currency(code, currency):
    draft = templates.build(code, datetime(2026, 12, 1, tzinfo=UTC), currency=currency)
    found = plan_rules.problems(
        draft, at=datetime(2026, 11, 1, tzinfo=UTC), zone=cast.ZONE, regulated=True, taken=()
    )
    assert plan_rules.errors(found) == []


def test_amounts_in_other_money_are_round_beginnings():
    assert rescaled(1_000, EUR) == 250
    assert rescaled(1, EUR) == 50
    assert rescaled(0, EUR) == 0
    assert rescaled(1_234, PLN) == 1_234
    assert set(currencies.BY_CODE) == {"PLN", "EUR"}
