"""A plan tried out in Chromium: the card, the page that counts by itself, another course."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from polecam.kit.periods import month_of
from tests.cast import ZONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.look(theme="dark", language="pl")
def test_a_draft_is_tried_out_and_then_otherwise(phone, sign_in, axe, month, draft, ada, at):
    sign_in(phone, ada)
    phone.goto(reverse("simulation:show", args=[draft.public_id]))
    expect(phone.get_by_text("nic nie zaliczono")).to_be_visible()  # counted by itself
    phone.get_by_label("Okres", exact=True).select_option(month_of(at, ZONE))
    phone.get_by_role("button", name="Policz").click()
    expect(phone.get_by_text("Nikt nie traci.")).to_be_visible()
    axe(phone)
    phone.get_by_label("Prośby", exact=True).fill("200")
    phone.get_by_role("button", name="Policz").click()
    expect(phone.get_by_text("prośby 200%").first).to_be_visible()
    expect(phone).to_have_url(re.compile("asks=200"))
    phone.get_by_role("button", name="skąd nowy koszt?").click()
    expect(phone.get_by_role("heading", name="Skąd nowy koszt?")).to_be_visible()
    axe(phone)
    phone.get_by_role("button", name="Zamknij").click()
    phone.get_by_label("Prośby", exact=True).fill("10000")
    phone.get_by_role("button", name="Policz").click()
    expect(phone.get_by_text("Liczba całkowita od 0 do 500")).to_be_visible()
    expect(phone.get_by_label("Prośby", exact=True)).to_have_value("10000")
    axe(phone)


@pytest.mark.look(theme="light", language="en")
def test_the_card_stands_beside_the_editor(desktop, sign_in, axe, month, draft, ada):
    sign_in(desktop, ada)
    desktop.goto(reverse("plans:edit", args=[draft.public_id]))
    expect(desktop.get_by_text("Nobody loses.")).to_be_visible()
    axe(desktop)
