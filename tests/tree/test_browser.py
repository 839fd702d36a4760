"""A branch moves, from the look at what changes to the word; a region's page; in Chromium."""

from datetime import timedelta

import pytest

from polecam.kit.periods import day_of
from polecam.organisation.models import Placement
from tests.cast import ZONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.look(theme="light", language="pl")
def test_a_move_is_looked_at_and_then_made(phone, sign_in, axe, ada, own, region, other_region, at):
    for place in (region, other_region):
        ada.memberships.create(branch=place, role="admin", since=at)
    sign_in(phone, ada)
    phone.goto(f"/tree/{own.public_id}/move/")
    phone.select_option("[name=parent]", other_region.public_id)
    phone.fill("[name=on]", (day_of(at, ZONE) + timedelta(days=3)).isoformat())
    phone.fill("[name=why]", "Reforma regionów")
    phone.locator("main button[type=submit]").click()
    phone.wait_for_selector("#h-looks")
    assert phone.input_value("[name=why]") == "Reforma regionów"
    axe(phone)
    phone.locator("main button[type=submit]").click()
    phone.wait_for_selector("#h-past")
    assert Placement.objects.filter(branch=own, parent=other_region).exists()
    axe(phone)


@pytest.mark.look(theme="dark", language="pl")
def test_a_region_opens_on_its_page(phone, sign_in, axe, boss, own, sibling, tomek):
    sign_in(phone, boss)
    phone.goto("/")
    assert phone.url.endswith("/tree/region/")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
