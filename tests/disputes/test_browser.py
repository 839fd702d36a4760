"""Kamil asks on a phone, Marta answers on hers, Tomek decides at a desk, and the money moves."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from polecam.claims.models import Dispute, DisputeState
from tests.disputes.support import earn, has, now_shared, shared
from tests.support.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def theirs(anna, marta, kamil, tomek, ada, plan, at):
    """Marta 70, Kamil 30; consent and meeting are credited."""
    made = shared(
        anna,
        {marta: 7_000, kamil: 3_000},
        floors={marta: 3_000},
        at=at - timedelta(days=1),
        plan=plan.pk,
    )
    for kind in ("consent", "meeting"):
        earn(made, kind, at=at)
    return made


@pytest.mark.look(theme="light", language="pl")
def test_from_two_taps_to_the_grosz(new_page, sign_in, axe, theirs, marta, kamil, tomek):
    phone, hers = new_page(PHONE), new_page(PHONE, theme="dark")
    desk = new_page(DESKTOP, language="en")
    sign_in(phone, kamil)
    phone.goto(f"/referrals/{theirs.public_id}/")
    phone.get_by_role("link", name="Coś się nie zgadza?").click()
    axe(phone)
    phone.get_by_role("button", name=re.compile("Kto nad tym pracował")).click()
    expect(phone.get_by_text("Dobrze, że to mówisz")).to_be_visible()
    axe(phone)
    dispute = Dispute.objects.get()
    assert has(marta) == {"expense": -3_500, "pending": 2_500, "disputed": 1_000}

    sign_in(hers, marta)
    hers.goto("/fair/")
    hers.get_by_role("link", name=re.compile("Komuś z zespołu coś się nie zgadza")).click()
    hers.get_by_label("Jak Ty to widzisz?").fill("Spotkanie prowadziliśmy razem.")
    axe(hers)
    hers.get_by_role("button", name="Powiedz to").click()
    expect(hers.get_by_text("Spotkanie prowadziliśmy razem.")).to_be_visible()

    sign_in(desk, tomek)
    desk.goto("/fair/")
    desk.get_by_role("link", name=re.compile("A question waits for your decision")).click()
    axe(desk)
    desk.get_by_role("link", name="Decide").click()
    desk.get_by_role("radio", name=re.compile("As claimed")).check()
    desk.get_by_role("radio", name=re.compile("Work counts")).check()
    desk.get_by_label("In your words").fill("The meeting was held by both, so both share alike.")
    desk.get_by_role("button", name="Show the effect").click()
    expect(desk.get_by_text("70% → 50%")).to_be_visible()
    axe(desk)
    desk.get_by_role("button", name="Decide so").click()
    expect(desk.get_by_text("Decided. Both sides read it")).to_be_visible()

    for page in (phone, hers):
        page.goto(f"/disputes/{dispute.public_id}/")
        axe(page)
        page.get_by_role("button", name="Zgadzam się").click()
        expect(page.get_by_text("Dziękujemy. Zapisane.")).to_be_visible()
    dispute.refresh_from_db()
    assert dispute.state == DisputeState.CLOSED
    assert now_shared(theirs) == {"Marta": 5_000, "Kamil": 5_000}
    assert has(marta) == has(kamil) == {"expense": -2_500, "pending": 2_500}


@pytest.mark.look(theme="dark", language="en")
def test_lists_and_patterns(desktop, sign_in, axe, theirs, tomek):
    sign_in(desktop, tomek)
    for address in ("/disputes/", "/disputes/patterns/"):
        desktop.goto(address)
        axe(desktop)
    expect(desktop.get_by_text("Nothing keeps coming up.")).to_be_visible()
