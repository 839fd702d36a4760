"""My money in Chromium, at both sizes: the month, a line, the plan, payroll's table."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.look(theme="light", language="pl")
def test_from_the_month_down_to_the_journal(phone, sign_in, axe, month, marta):
    sign_in(phone, marta)
    phone.goto("/money/")
    axe(phone)
    phone.get_by_text("Sprzedaż – Lena").click()
    expect(phone.get_by_text("zaokrąglone z 800,00375 zł")).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name="skąd to?").click()
    expect(phone.get_by_role("heading", name="Skąd te 560")).to_be_visible()
    expect(phone.get_by_text("Sprzedaż została zaliczona")).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name=re.compile("plan premii, wersja 1")).click()
    expect(phone.get_by_role("heading", name="Plan premii")).to_be_visible()
    axe(phone)


@pytest.mark.look(theme="dark", language="en")
def test_where_guesses_come_from(phone, sign_in, axe, month, marta):
    sign_in(phone, marta)
    phone.goto("/money/")
    phone.get_by_role("button", name="where from?").click()
    expect(phone.get_by_role("heading", name="Probable and possible")).to_be_visible()
    axe(phone)


@pytest.mark.look(theme="dark", language="pl")
def test_months_turn(desktop, sign_in, axe, month, marta):
    sign_in(desktop, marta)
    desktop.goto("/money/?m=2026-01")
    axe(desktop)
    desktop.get_by_role("link", name="Następny miesiąc").click()
    expect(desktop).to_have_url(re.compile(r"m=2026-02"))


@pytest.mark.look(theme="light", language="en")
def test_payroll(desktop, sign_in, axe, month, pawel):
    sign_in(desktop, pawel)
    desktop.goto("/payroll/")
    expect(desktop.get_by_role("row", name=re.compile("Zielinska Marta"))).to_be_visible()
    axe(desktop)
