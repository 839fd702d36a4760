"""A person starts a firm from nothing: on a phone, at a desk, and without a script."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from polecam.organisation import settings as dated
from polecam.organisation.models import Organisation
from polecam.people import links
from polecam.people.models import Membership, Role
from polecam.web.ui.firm import forget
from tests.support.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def nothing_chosen_yet():
    """Zone and currency of the tests before are of another firm."""
    dated._fixed.clear()
    forget()
    yield
    dated._fixed.clear()
    forget()


def start_path() -> str:
    """The path of a fresh start link."""
    return links.start_url(datetime.now(UTC)).split("8000", 1)[1]


@pytest.mark.look(theme="dark", language="pl")
def test_from_nothing_to_a_firm_on_a_phone(new_page, axe, watch):
    watch.allow("422|410")
    page = new_page(PHONE)
    path = start_path()
    page.goto(path)
    axe(page)
    page.get_by_label("Imię").fill("Wanda")
    page.get_by_label("Służbowy e-mail").fill("wanda@salon.example")
    page.get_by_label("Hasło").fill("krótkie")
    page.get_by_role("button", name="Zapisz i dalej").click()
    expect(page.get_by_text("To hasło jest za krótkie")).to_be_visible()
    expect(page.get_by_label("Imię")).to_have_value("Wanda")
    page.get_by_label("Hasło").fill("cztery-spokojne-slowa-2026")
    page.get_by_role("button", name="Zapisz i dalej").click()
    page.get_by_label("Nazwa firmy").fill("Salon Klon")
    page.get_by_text("euro (€)").click()
    page.get_by_role("radio", name="Samochody").check()
    expect(page.get_by_role("region", name="Samochody")).to_be_visible()
    expect(page.get_by_role("region", name="Bank")).to_be_hidden()
    axe(page)
    page.get_by_role("button", name="Zapisz i dalej").click()
    page.goto("/")
    page.get_by_role("link", name="Dalej: Pierwszy oddział").click()
    page.get_by_label("Nazwa oddziału").fill("Zabłocie")
    page.get_by_role("button", name="Otwórz oddział").click()
    expect(page.locator("[aria-current=step]")).to_contain_text("Szef oddziału")
    axe(page)
    page.get_by_role("button", name="To ja prowadzę ten oddział").click()
    page.get_by_label("Adres firmy").fill("ul. Leśna 1")
    page.get_by_label("Do kogo pisać").fill("rodo@salon.example")
    page.get_by_text("Ktoś z zewnątrz").click()
    page.get_by_role("button", name="Zapisz i dalej").click()
    page.get_by_label("Dlaczego to może poczekać").fill("Rada czyta")
    page.get_by_role("button", name="Później").click()
    expect(page.get_by_text("za potwierdzoną sprzedaż", exact=False).first).to_contain_text("100 €")
    axe(page)
    page.goto(path)
    expect(page.get_by_role("heading", name="Firma już stoi")).to_be_visible()
    assert Organisation.objects.get().currency == "EUR"
    assert set(Membership.objects.values_list("role", flat=True)) == {Role.ADMIN, Role.MANAGER}


@pytest.mark.look(theme="light", language="en")
def test_it_works_without_a_script_and_by_keyboard(new_page):
    page = new_page(DESKTOP, java_script_enabled=False)
    page.goto(start_path())
    page.get_by_label("First name").fill("Wanda")
    page.get_by_label("Work e-mail").fill("wanda@salon.example")
    page.get_by_label("Password").fill("four-calm-words-2026")
    page.keyboard.press("Enter")
    page.get_by_label("Name of the firm").fill("Maple Cars")
    page.get_by_role("radio", name="Insurance").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_label("Name of the firm").press("Enter")
    page.get_by_label("Name of the branch").fill("Riverside")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Who leads Riverside?")).to_be_visible()
    expect(page.locator("ol.steps > li")).not_to_have_count(0)
    assert Organisation.objects.get().name == "Maple Cars"
