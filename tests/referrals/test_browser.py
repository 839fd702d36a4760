"""My referrals in Chromium: list, one referral, the number on demand, a sale with a slip."""

from datetime import UTC, datetime, timedelta

import pytest

from polecam.referrals.models import Meeting
from polecam.sales.models import Sale
from tests.cast import client
from tests.referrals.growing import captured, consented

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def month(branch, marta, anna, plan, at):
    """Marta's month: someone at every stage, and a client who was recommended herself."""
    helena = client(branch, marta, "Helena", "Madej", at=at)
    ryszard = client(branch, marta, "Ryszard", "Górski", at=at, introduced_by=helena)
    monika = client(branch, marta, "Monika", "Lech", at=at)
    captured(anna, at=at, first="Piotr", plan=plan.pk, state="invited", need="home")
    captured(monika, at=at - timedelta(days=4), first="Iga", plan=plan.pk)

    def agreed(by, first, last, days, number, **more):
        return consented(
            by,
            at=at - timedelta(days=days),
            first=first,
            last=last,
            phone=f"+4860010{number}",
            plan=plan.pk,
            **more,
        )

    kasia = agreed(ryszard, "Katarzyna", "Bielak", 3, 1001, need="home")
    agreed(monika, "Wojciech", "Pawlak", 78, 1002, channels=("email",))
    julia = agreed(anna, "Julia", "Maj", 9, 1003, state="meeting")
    robert = agreed(ryszard, "Robert", "Zych", 20, 1004)
    halina = agreed(ryszard, "Halina", "Bąk", 40, 1005)
    for row, state in ((julia, "meeting"), (robert, "meeting"), (halina, "won")):
        row.state, row.state_at = state, at
        row.save()
    Meeting.objects.create(referral=julia, at=datetime.now(UTC) + timedelta(days=2), set_by=marta)
    Meeting.objects.create(
        referral=robert, at=at - timedelta(days=2), set_by=marta, held_at=at - timedelta(days=2)
    )
    robert.next_step, robert.next_step_at = "decision", datetime.now(UTC) + timedelta(days=6)
    robert.save()
    Sale.objects.create(
        referral=halina,
        seller=marta,
        branch=branch,
        value_grosze=25_000_000,
        margin_grosze=640_000,
        sold_on=at.date(),
        reported_at=at,
    )
    return kasia


def test_the_list(phone, sign_in, axe, live_server, month, marta):
    sign_in(phone, marta)
    phone.goto(live_server.url + "/referrals/")
    axe(phone)
    phone.get_by_role("searchbox").fill("zych")
    phone.keyboard.press("Enter")
    phone.wait_for_url("**q=zych**")
    assert phone.get_by_text("Robert Zych").is_visible()
    assert not phone.get_by_text("Julia Maj").is_visible()


@pytest.mark.look(theme="light", language="pl")
def test_from_the_number_to_the_sale(phone, sign_in, axe, watch, live_server, month, marta):
    watch.allow("422")  # the slip in the margin
    sign_in(phone, marta)
    phone.goto(f"{live_server.url}/referrals/{month.public_id}/")
    axe(phone)
    assert "600 101 001" not in phone.content().replace("\u00a0", " ")
    phone.get_by_role("button", name="Pokaż numer").click()
    phone.get_by_role("link", name="Zadzwoń").wait_for()
    assert phone.get_by_role("link", name="Zadzwoń").get_attribute("href") == "tel:+48600101001"
    phone.get_by_role("link", name="Zapisz kontakt").click()
    axe(phone)
    phone.get_by_role("radio", name="Rozmowa").check()
    phone.get_by_role("button", name="Zapisz").click()
    phone.get_by_text("Zapisane. Wyłączność").wait_for()
    phone.get_by_text("Więcej", exact=True).click()
    phone.get_by_role("link", name="Sprzedaż").click()
    axe(phone)
    phone.get_by_label("Wartość umowy").fill("250 000,00")
    phone.get_by_label("Marża").fill("sześć")
    phone.get_by_role("button", name="Zgłoś sprzedaż").click()
    phone.get_by_text("To nie wygląda na kwotę").wait_for()
    assert phone.get_by_label("Wartość umowy").input_value() == "250 000,00"
    phone.get_by_label("Marża").fill("6 400,00")
    phone.get_by_role("button", name="Zgłoś sprzedaż").click()
    phone.get_by_text("Premia prawdopodobna").wait_for()


def test_one_referral_on_a_desk(desktop, sign_in, axe, live_server, month, marta):
    sign_in(desktop, marta)
    desktop.goto(f"{live_server.url}/referrals/{month.public_id}/")
    axe(desktop)
