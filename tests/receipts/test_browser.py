"""A receipt in Chromium: from the capture to the slip, out into somebody's hands, and checked."""

import pytest
from django.urls import reverse

from tests.receipts.support import outside, seal

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_slip_to_a_stranger_who_checks_it(
    phone, desktop, sign_in, axe, look, referral, receipt, marta, at
):
    seal(at)
    sign_in(phone, marta)
    phone.goto(reverse("capture:receipt", args=[referral.public_id]))
    phone.locator(f"a[href='{reverse('verify:receipt', args=[receipt.public_id])}']").click()
    phone.wait_for_url("**/verify/**")
    axe(phone)
    assert phone.locator(".receipt .qr").bounding_box()["width"] > 150
    whole = phone.locator("button[data-copy]").last.get_attribute("data-copy")
    assert whole == outside(receipt)
    root = phone.locator(".code").first.inner_text()

    desktop.goto("/verify/")
    axe(desktop)
    desktop.locator("textarea[name=text]").fill(whole)
    desktop.locator("textarea[name=root]").fill(f"Root:\n{root}")
    desktop.locator("form .btn--primary").click()
    title = desktop.locator("#h-answer").inner_text()
    assert ("Prawdziwe" if look[1] == "pl" else "True") in title
    axe(desktop)
    desktop.locator("summary").last.click()
    axe(desktop)


def test_the_page_that_checks_works_without_a_script(new_page, receipt, at):
    from polecam.web.pages.verify import words

    page = new_page(java_script_enabled=False, language="en")
    page.goto("/verify/" + "".join(words.qr_parts(receipt)).partition("/verify/")[2])
    assert "the day is not sealed yet" in page.locator("#h-answer").inner_text()
    page.locator("textarea[name=text]").fill("something else")
    page.locator("form .btn--primary").click()
    assert "no whole receipt" in page.locator("#h-answer").inner_text()


def test_roots_are_one_tap_away(phone, sign_in, axe, marta, at):
    from polecam.claims import papers

    sign_in(phone, marta)
    phone.goto(reverse("proof:seals"))
    axe(phone)
    phone.locator(f"form[action='{reverse('proof:keep')}'] button").click()
    phone.locator(f"form[action='{reverse('proof:stop')}'] button").wait_for()
    axe(phone)
    assert papers.keeps_roots(marta)
