"""The main act in Chromium: at most four taps and one typed word, also without a script."""

import pytest

from polecam.asking.models import Ask
from polecam.referrals.models import Invitation, Referral
from tests.support.browser import DESKTOP
from tests.today.seed import plant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(branch, marta, at, plan, live_server, settings):
    settings.BASE_URL = live_server.url
    return plant(branch, marta, at)


class Hand:
    """Counts what a hand does: taps and typed words."""

    def __init__(self, page):
        self.page, self.taps, self.words = page, 0, 0

    def tap(self, selector, then):
        """One tap; `then` is what has to be there afterwards."""
        self.taps += 1
        self.page.locator(selector).first.tap()
        self.page.wait_for_selector(then)

    def type_word(self, word):
        """One word into the field that has the focus."""
        self.words += 1
        self.page.keyboard.type(word)


@pytest.mark.look(theme="light", language="pl")
def test_from_today_to_saved_in_four_taps_and_one_word(phone, sign_in, people, axe, marta):
    sign_in(phone, marta)
    phone.goto("/today/")
    axe(phone)
    hand = Hand(phone)
    hand.tap(".card--focus .btn--primary", then=".tiles")
    axe(phone)
    hand.tap(".tile:nth-child(1)", then=".panel--1")
    hand.tap("#id_first_name", then="#id_first_name:focus")
    hand.type_word("Piotr")
    hand.tap(".sheet__foot .btn--primary", then=".receipt")
    axe(phone)
    assert hand.taps <= 4
    assert hand.words == 1
    assert Referral.objects.get().party.first_name == "Piotr"


@pytest.mark.look(theme="dark", language="en")
def test_every_answer_has_its_panel_and_its_end(desktop, sign_in, people, axe, marta):
    sign_in(desktop, marta)
    for number, heading in ((2, "The link is ready"), (3, "Good, later"), (4, "courage")):
        desktop.goto("/today/")
        desktop.locator(".card--focus .btn--primary").click()
        desktop.locator(f".tile:nth-child({number})").click()
        assert desktop.locator(".panel:visible").count() == 1
        axe(desktop)
        desktop.locator(".sheet__foot .btn--primary").click()
        desktop.wait_for_load_state()
        assert heading in desktop.locator("h1").inner_text()
        axe(desktop)
    assert Ask.objects.exclude(outcome="open").count() == 3


def test_it_works_without_a_script(new_page, sign_in, people, marta):
    page = new_page(java_script_enabled=False)
    sign_in(page, marta)
    page.goto("/today/")
    page.locator(".card--focus .btn--primary").click()
    page.fill("#id_first_name", "Ola")
    page.locator(".sheet__foot .btn--primary").click()
    page.wait_for_selector(".receipt")
    assert Referral.objects.count() == 1


def test_a_double_tap_is_one_record(phone, sign_in, people, marta):
    sign_in(phone, marta)
    phone.goto("/today/")
    phone.locator(".card--focus .btn--primary").dblclick()
    phone.wait_for_selector(".tiles")
    phone.fill("#id_first_name", "Ola")
    phone.locator(".sheet__foot .btn--primary").dblclick()
    phone.wait_for_selector(".receipt")
    assert (Ask.objects.count(), Referral.objects.count()) == (1, 1)


def test_the_sum_the_skip_and_the_other_pages_pass_axe(phone, sign_in, people, axe, marta):
    sign_in(phone, marta)
    phone.goto("/today/")
    phone.locator("[popovertarget^=why]").first.click()
    phone.wait_for_timeout(500)  # the sheet slides in
    axe(phone)
    phone.keyboard.press("Escape")
    phone.locator("[popovertarget^=skip]").first.click()
    phone.wait_for_timeout(500)  # the sheet slides in
    axe(phone)
    client = people[1].public_id
    for url in (
        "/today/find/",
        f"/today/moment/{client}/",
        "/today/goal/",
        "/today/words/",
        "/capture/",
        f"/capture/client/{client}/",
        f"/capture/client/{client}/unasked/",
    ):
        phone.goto(url)
        axe(phone)


def test_the_client_scans_takes_and_passes_on(new_page, sign_in, people, axe, marta):
    seller = new_page(DESKTOP)
    sign_in(seller, marta)
    seller.goto("/today/")
    seller.locator(".card--focus button[formaction*=qr]").click()
    seller.wait_for_selector(".showing .qr")
    axe(seller)
    from polecam.referrals import links

    client = new_page()
    client.goto(links.client_path(Invitation.objects.get()))
    axe(client)
    client.locator("main .btn--primary").click()
    client.wait_for_selector(".quick")
    axe(client)
    assert Invitation.objects.get().taken_at
