"""The desk that confirms, in Chromium: from a seller's report to a confirmation by a file."""

import re
from datetime import timedelta

import pytest

from polecam.actions import referrals_work, sales
from polecam.kit.periods import day_of
from polecam.sales.models import Complaint, Sale
from tests.referrals.growing import consented

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAD = "Nr umowy;Data;Klient;Telefon;Produkt;Wartość;Marża;Sprzedawca"


@pytest.fixture
def reported(anna, marta, plan, at):
    """Katarzyna bought, Marta says; and a meeting with Marek took place."""
    marek = consented(
        anna,
        at=at - timedelta(days=4),
        first="Marek",
        last="Solak",
        phone="+48600555445",
        plan=plan.pk,
    )
    meeting = referrals_work.set_meeting(
        by=marta, at=at, referral=marek, meeting_at=at - timedelta(hours=3)
    )
    referrals_work.hold_meeting(by=marta, at=at, meeting=meeting)
    kasia = consented(anna, at=at - timedelta(days=20), plan=plan.pk)
    return sales.report(
        by=marta,
        at=at,
        referral=kasia,
        value_grosze=25_000_000,
        margin_grosze=640_000,
        sold_on=day_of(at, "Europe/Warsaw"),
        contract="U/2026/4000",
    )


@pytest.mark.look(theme="light", language="pl")
def test_confirming_on_a_phone(phone, sign_in, axe, live_server, reported, tomek):
    sign_in(phone, tomek)
    phone.goto(live_server.url + "/confirm/")
    axe(phone)
    phone.get_by_role("button", name=re.compile("Potwierdź.*Katarzyna Bielak")).click()
    phone.get_by_text("Potwierdzone. Marta").wait_for()
    phone.get_by_role("button", name=re.compile("Potwierdź.*Marek")).click()
    phone.get_by_text("Nic na Ciebie nie czeka").wait_for()
    phone.get_by_role("link", name="Potwierdzone sprzedaże").click()
    phone.get_by_role("link", name="Zapisz skargę").click()
    axe(phone)
    phone.get_by_role("radio", name="Nacisk").check()
    phone.get_by_role("button", name="Zapisz").click()
    phone.get_by_text("czeka na decyzję").first.wait_for()
    phone.get_by_role("link", name="Rozstrzygnij").click()
    axe(phone)
    phone.get_by_role("radio", name="Oddalona").check()
    phone.get_by_label("Dlaczego").fill("Rozmowa z klientką.")
    phone.get_by_role("button", name="Rozstrzygnij").click()
    phone.get_by_text("Rozstrzygnięte").wait_for()
    assert Complaint.objects.get().upheld is False


@pytest.mark.look(theme="dark", language="en")
def test_a_file_on_a_desk(desktop, sign_in, axe, live_server, reported, ada, at):
    day = at.strftime("%d.%m.%Y")
    row = f"U/2026/4000;{day};Bielak Katarzyna;+48600100200;;250 000,00;6 623,42;Marta Zielinska"
    other = f"U/2026/8;{day};Nikt Znany;;;1,00;1,00;Ewa Lis"
    file = {
        "name": "sales.csv",
        "mimeType": "text/csv",
        "buffer": "\r\n".join([HEAD, row, other]).encode("cp1250"),
    }
    sign_in(desktop, ada)
    desktop.goto(live_server.url + "/confirm/file/")
    axe(desktop)
    desktop.get_by_label("Sales file").set_input_files(file)
    desktop.get_by_role("button", name="Show the matches").click()
    desktop.get_by_text("by contract number").wait_for()
    axe(desktop)
    assert desktop.get_by_text("no reported sale fits").is_visible()
    desktop.get_by_role("checkbox").check()
    desktop.get_by_role("button", name="Confirm what is ticked").click()
    desktop.get_by_text("1 sale confirmed.").wait_for()
    assert Sale.objects.get().margin_grosze == 662_342
