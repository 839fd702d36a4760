"""A rehearsal on the phone: from today's card to "ready", with and without a script, and back."""

import pytest

from polecam.asking.models import Ask
from polecam.journal.models import Event
from tests.today.seed import plant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(branch, marta, at, plan):
    return plant(branch, marta, at)


@pytest.mark.look(theme="light", language="pl")
def test_two_minutes_of_practice_and_then_the_ask(phone, sign_in, people, axe, marta):
    sign_in(phone, marta)
    phone.goto("/today/")
    said = phone.locator(".card--focus .say q").first.inner_text()
    phone.get_by_role("link", name="Najpierw przećwicz").first.tap()
    phone.wait_for_url("**/rehearsal/**")
    assert phone.locator(".say q").first.inner_text() == said
    assert "klucze" in phone.inner_text("main")
    axe(phone)
    phone.locator(".sheet__foot .btn--primary").tap()
    phone.wait_for_selector("text=Wolę nie.")
    axe(phone)
    phone.get_by_role("link", name="Nie podaję nikomu cudzych numerów.").tap()
    phone.wait_for_selector("text=ja ich nie biorę")
    axe(phone)
    phone.get_by_role("link", name="A co ta osoba zobaczy pod linkiem?").tap()
    phone.wait_for_selector("text=Kto poleca i kim jesteśmy")
    phone.go_back()
    phone.wait_for_selector("text=ja ich nie biorę")
    phone.locator(".sheet__foot .btn--primary").tap()
    phone.wait_for_selector("text=Gotowe, mogę zapytać")
    axe(phone)
    assert not Event.objects.exists()
    phone.get_by_role("link", name="Gotowe, mogę zapytać").tap()
    phone.get_by_role("button", name="Zapytałam").tap()
    phone.wait_for_selector(".tiles")
    ask = Ask.objects.get()
    assert ask.client == people[0]
    assert ask.moment_kind == "keys"
    assert ask.script_code.startswith("keys-")


def test_it_works_without_a_script_and_lets_one_leave(new_page, sign_in, people, marta):
    page = new_page(java_script_enabled=False)
    sign_in(page, marta)
    page.goto("/words/rehearsal/")
    page.locator(".sheet__foot .btn--primary").click()
    page.locator(".card--list a").last.click()
    said = page.inner_text("main").replace("\u00a0", " ")
    assert "Nie wracam do tematu" in said or "I will not bring it up again" in said
    page.locator(".sheet__foot .btn--primary").click()
    page.locator(".sheet__foot .btn--quiet").click()
    page.wait_for_url("**/today/")
    assert not Ask.objects.exists()
