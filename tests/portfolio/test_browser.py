"""Preview, run, undo in Chromium, with the worker at work in between."""

import re
from datetime import UTC, datetime

import pytest

from polecam.clients.models import Client
from polecam.worker import drain
from tests.portfolio.support import DAY, clients, leave, led

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def walk(page, sign_in, axe, live_server, world, words) -> None:
    branch, marta, kamil, ada, tomek, plan, at = world
    owned = clients(branch, marta, 4, at=at)
    led(owned[0], marta, 1, at - 9 * DAY, plan)
    leave(ada, marta, at)
    sign_in(page, tomek)
    page.goto(live_server.url + "/portfolio/")
    axe(page)
    page.get_by_role("link", name=re.compile("Marta Zielinska.*" + words["draft"])).click()
    page.get_by_text(words["preview"]).wait_for()
    axe(page)
    page.get_by_text(words["otherwise"]).click()
    page.get_by_label("Kamil Duda", exact=True).fill("4")
    page.get_by_label("Tomasz Wrona", exact=True).fill("0")
    page.get_by_role("button", name=words["anew"]).click()
    page.get_by_text(words["divided"]).wait_for()
    page.get_by_role("button", name=words["run"]).click()
    page.locator("#progress").wait_for()
    drain(datetime.now(UTC))
    page.get_by_role("link", name=words["result"]).click()
    page.get_by_role("heading", name=words["moved"]).wait_for()
    axe(page)
    assert set(Client.objects.values_list("owner", flat=True)) == {kamil.pk}
    page.get_by_role("button", name=words["undo"]).click()
    page.locator("#progress").wait_for()
    drain(datetime.now(UTC))
    page.get_by_role("link", name=words["result"]).click()
    page.get_by_role("heading", name=words["back"]).wait_for()
    axe(page)
    assert set(Client.objects.values_list("owner", flat=True)) == {marta.pk}


@pytest.fixture
def people(branch, marta, kamil, ada, tomek, plan, at):
    """Everyone in it."""
    return branch, marta, kamil, ada, tomek, plan, at


@pytest.mark.look(theme="light", language="pl")
def test_on_a_desk(desktop, sign_in, axe, live_server, people):
    words = {
        "draft": "szkic",
        "preview": "Nic się jeszcze nie przeniosło",
        "otherwise": "Podziel klientów inaczej",
        "anew": "Podziel na nowo",
        "divided": "Podzielone na nowo",
        "run": "Przekaż teraz",
        "result": "Zobacz wynik",
        "moved": "Portfel przekazany",
        "undo": "Cofnij całość",
        "back": "Portfel wrócił",
    }
    walk(desktop, sign_in, axe, live_server, people, words)


@pytest.mark.look(theme="dark", language="en")
def test_on_a_phone(phone, sign_in, axe, live_server, people):
    words = {
        "draft": "draft",
        "preview": "Nothing has moved yet",
        "otherwise": "Divide the clients otherwise",
        "anew": "Divide anew",
        "divided": "Divided anew",
        "run": "Hand over now",
        "result": "See the result",
        "moved": "The portfolio has moved",
        "undo": "Undo all of it",
        "back": "The portfolio is back",
    }
    walk(phone, sign_in, axe, live_server, people, words)
