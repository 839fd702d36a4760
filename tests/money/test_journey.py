"""From the month to the statement, a line, its trace and a question, on a phone and a desk."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.look(theme="light", language="pl")
def test_from_the_month_to_a_question(phone, sign_in, axe, month, marta, tomek):
    sign_in(phone, marta)
    phone.goto("/money/")
    phone.get_by_role("button", name="co to znaczy?").click()
    expect(phone.get_by_role("heading", name="Jak to jest pewne?")).to_be_visible()
    axe(phone)
    phone.keyboard.press("Escape")
    expect(phone.get_by_role("heading", name="A gdybym pytała częściej?")).to_be_visible()
    phone.get_by_role("link", name="Całe rozliczenie").click()
    expect(phone.get_by_role("heading", name="Rozliczenie za")).to_be_visible()
    phone.get_by_text("Reguła 3: potwierdzona sprzedaż").click()
    axe(phone)
    phone.get_by_role("link", name=re.compile("^Sprzedaż – Lena")).first.click()
    expect(phone.get_by_text("zaokrąglone z 800,00375 zł")).to_be_visible()
    phone.get_by_role("link", name="Coś się nie zgadza?").click()
    expect(phone).to_have_url(re.compile(r"/disputes/raise/line/"))
    axe(phone)


@pytest.mark.look(theme="dark", language="en")
def test_more_asks_and_a_goal(desktop, sign_in, axe, month, marta):
    sign_in(desktop, marta)
    desktop.goto("/money/what-if/?n=4")
    shown = desktop.locator(".whatif__out:visible .money")
    before = shown.inner_text()
    desktop.get_by_role("radio", name="8").check()
    assert shown.inner_text() != before
    desktop.get_by_label("I want from referrals").fill("500")
    desktop.get_by_role("button", name="Turn it into asks").click()
    expect(desktop.get_by_text(re.compile("takes about 5.asks"))).to_be_visible()
    axe(desktop)
    desktop.goto("/money/months/")
    axe(desktop)
    desktop.goto("/statements/")
    axe(desktop)
