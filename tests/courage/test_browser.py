"""The courage meter in Chromium: one tap before an ask, and never in the way of it."""

from datetime import timedelta

import pytest

from polecam.actions import asks, courage
from polecam.asking import courage as own
from polecam.asking.models import Ask, Guess
from polecam.organisation.models import Setting
from tests import cast
from tests.support.browser import DESKTOP
from tests.today.seed import plant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


@pytest.fixture
def due(branch, marta, at, plan, live_server, settings):
    """Marta has asked once, and every second ask has its question."""
    settings.BASE_URL = live_server.url
    early = at - 300 * DAY
    Setting.objects.create(key="guess_every", value=2, valid_from=early, set_at=early)
    people = plant(branch, marta, at)
    other = cast.client(branch, marta, "Ewa", "Lis", at=at)
    ask = asks.record(by=marta, at=at - 100 * DAY, client=other, key="old")
    asks.answer(by=marta, at=at - 100 * DAY, ask=ask, outcome="pass_on")
    return people


@pytest.mark.look(theme="light", language="pl")
def test_one_tap_then_the_ask_and_the_guess_is_hers(phone, sign_in, due, axe, marta):
    sign_in(phone, marta)
    phone.goto("/today/")
    phone.wait_for_selector(".before")
    axe(phone)
    phone.locator(".before .chip").nth(1).tap()
    phone.wait_for_selector("text=Zobaczysz to tylko Ty.")
    axe(phone)
    phone.locator(".card--focus .btn--primary").tap()
    phone.wait_for_selector(".tiles")
    ask = Ask.objects.latest("id")
    assert Guess.objects.get().ask == ask
    asks.answer(by=marta, at=ask.asked_at, ask=ask, outcome="declined")
    assert [said.percent for said in own.heard(marta)] == [30]


def test_the_ask_waits_for_nothing(phone, sign_in, due, axe, marta):
    """Also on the sheet, where the question stands inside the form of the ask itself."""
    sign_in(phone, marta)
    phone.goto(f"/capture/client/{due[0].public_id}/")
    phone.wait_for_selector(".before")
    axe(phone)
    phone.locator(".before .link").tap()
    phone.wait_for_selector(".before", state="detached")
    assert Guess.objects.get().ask is None, "put aside, and no more of it today"
    phone.locator(".btn--primary").tap()
    phone.wait_for_selector(".tiles")
    assert own.heard(marta) == []


@pytest.mark.look(theme="dark", language="en")
def test_her_page_switches_off_and_forgets(new_page, sign_in, due, axe, marta, anna, at):
    for number in range(12):
        when = at - (40 - number) * DAY
        courage.guess(by=marta, at=when, client=anna, percent=10)
        ask = asks.record(by=marta, at=when, client=anna, key=f"g{number}")
        outcome = "pass_on" if number % 2 else "declined"
        asks.answer(by=marta, at=when, ask=ask, outcome=outcome)
    page = new_page(DESKTOP)
    sign_in(page, marta)
    page.goto("/courage/")
    assert page.locator(".courage__num span").all_inner_texts() == ["10%", "50%"]
    axe(page)
    page.get_by_role("button", name="Do not ask me this any more").click()
    page.wait_for_selector("text=You will not be asked any more.")
    page.locator("details.more summary").click()
    axe(page)
    page.get_by_role("button", name="Delete them for good").click()
    page.wait_for_selector("text=Your guesses are gone for good.")
    assert not Guess.objects.exists()
    assert not own.wants(marta)
    page.goto("/today/")
    page.wait_for_load_state("networkidle")
    assert page.locator(".before").count() == 0
