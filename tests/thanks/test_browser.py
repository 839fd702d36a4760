"""In Chromium: a seller closes the loop, a boss decides about a reward and hands it over."""

import re

import pytest
from playwright.sync_api import expect

from polecam.actions import rewards
from polecam.kit.periods import day_of
from polecam.thanks.models import RewardGrant, Thanks
from tests.thanks import support
from tests.thanks.support import a_reward, chosen, email_agreed, named, switch_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_seller_closes_the_loop(phone, sign_in, axe, live_server, anna, marta, at):
    email_agreed(anna, at)
    named(anna, at)
    named(anna, at, first="Ola")
    sign_in(phone, marta)
    phone.goto(f"{live_server.url}/thanks/")
    axe(phone)
    phone.get_by_role("link", name=re.compile("Anna Kowalczyk")).click()
    axe(phone)
    first = phone.locator("blockquote q").inner_text()
    phone.locator("a[href^='?w=']").click()
    assert phone.locator("blockquote q").inner_text() != first
    with phone.context.expect_page() as opened:
        phone.locator("a[href*='sheet=a5'][href*='lang=pl']").click()
    opened.value.close()
    phone.locator("button[value=words]").click()
    expect(phone).to_have_url(f"{live_server.url}/thanks/")
    assert set(Thanks.objects.values_list("way", flat=True)) == {"words"}
    axe(phone)


def test_a_boss_decides_and_hands_over(
    desktop, sign_in, axe, live_server, anna, ada, tomek, branch, at
):
    switch_on(at)
    year = day_of(at, "Europe/Warsaw").year
    rewards.set_budget(by=ada, at=at, branch=branch, year=year, grosze=20_000)
    chosen(anna, a_reward(ada, at, stock=3), at)
    support.asked(anna, at)
    sign_in(desktop, tomek)
    desktop.goto(f"{live_server.url}/rewards/")
    axe(desktop)
    row = desktop.locator("a.row[href*='/rewards/waiting/']")
    row.click()
    axe(desktop)
    desktop.locator("button[value=approve]").click()
    row.click()
    desktop.locator("button[value=give]").click()
    expect(desktop).to_have_url(f"{live_server.url}/rewards/")
    assert RewardGrant.objects.get().state == "given"
