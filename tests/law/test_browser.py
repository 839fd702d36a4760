"""The officer's working day on a phone: a letter, its person, the answer; a rule; a campaign."""

import pytest

from polecam.actions import balancing
from polecam.privacy.models import BalancingTest, PersonRequest
from tests.law.test_pages import SAID
from tests.privacy.friend import capture, say_yes
from tests.support.browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.sqlite]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_from_the_letter_to_the_answer(
    new_page, sign_in, axe, anna, marta, irena, ada, at, language
):
    say_yes(capture(anna, marta, at).invitation, at)
    balancing.write(by=ada, at=at, **SAID)
    page = new_page(PHONE, language=language)
    sign_in(page, irena)
    page.goto("/privacy/requests/")
    axe(page)
    page.locator("main a.btn--primary").click()
    page.wait_for_url("**/requests/new/")
    axe(page)
    page.locator("input[name=kind][value=access]").check(force=True)
    page.locator("input[name=came][value=letter]").check(force=True)
    assert page.locator("input[name=received_on]").input_value() == at.date().isoformat()
    page.locator("input[name=who]").fill("Piotr Nowak, Kraków")
    page.locator("main button[type=submit]").click()
    request = PersonRequest.objects.get()
    page.wait_for_url(f"**/requests/{request.public_id}/")
    axe(page)
    page.locator("input[name=who]").fill("Piotr Nowak")
    page.locator("form[action$='/find/'] button").click()
    page.locator("form[action$='/open/'] button").click()
    page.wait_for_url("**/privacy/*/")
    assert "Marta Zielinska" in page.content()
    axe(page)
    page.goto(f"/privacy/requests/{request.public_id}/")
    page.locator("input[name=outcome][value=done]").check(force=True)
    page.locator("form[action$='/finish/'] button").click()
    page.wait_for_url("**/privacy/requests/")
    assert PersonRequest.objects.get().outcome == "done"
    for path in ("/law/", "/law/C11/", "/privacy/clocks/", "/privacy/retention/",
                 "/privacy/register/"):  # fmt: skip
        page.goto(path)
        axe(page)
    test = BalancingTest.objects.get()
    page.goto(f"/law/tests/{test.public_id}/")
    axe(page)
    page.locator("input[name=passes][value=yes]").check(force=True)
    page.locator("main form button[type=submit]").click()
    page.locator("main form button[type=submit]").wait_for(state="detached")
    test.refresh_from_db()
    assert (test.passes, test.signed_by) == (True, irena)
