"""The friend in a real browser: without a script, at phone and desktop size, axe on every page."""

from datetime import UTC, datetime

import pytest

from polecam.claims.models import Claim
from polecam.messages import mail
from polecam.organisation.models import Organisation
from polecam.privacy.models import Consent
from polecam.referrals.links import friend_path
from tests.privacy.friend import answer, capture, deliver
from tests.support.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_yes_confirm_withdraw_object(new_page, axe, watch, anna, marta, plan, at, size):
    watch.allow("422")  # what was missing is said on the page itself
    referral = capture(anna, marta, at, plan)
    page = new_page(size, java_script_enabled=False, language="pl")
    looking = new_page(size, language="pl")

    def shows(url: str) -> None:
        looking.goto(url)
        axe(looking)

    path = friend_path(referral.invitation)
    shows(path)
    page.goto(path)
    page.locator("input[name=channel][value=phone]").check()
    page.locator("input[name=time][value='9-12']").check()
    page.get_by_label("Twoje imię").fill("Piotr")
    page.get_by_label("Twój numer").fill("601 673 417")
    page.get_by_role("button", name="Poproszę o kontakt").click()
    assert page.locator("text=potrzebna jest Twoja zgoda").is_visible(), "a consent is missing"
    assert page.get_by_label("Twój numer").input_value() == "601 673 417"
    page.locator("input[name=agree_phone]").check()
    page.get_by_role("button", name="Poproszę o kontakt").click()
    assert page.get_by_role("heading", name="Prawie gotowe").is_visible()
    shows(page.url)

    deliver(datetime.now(UTC))
    sent = next(mail.newest())
    link = next(word for word in sent.body.split() if "/c/" in word)
    shows(link[link.index("/c/") :])
    page.goto(link[link.index("/c/") :])
    page.get_by_role("button", name="Tak, potwierdzam").click()
    assert page.get_by_role("heading", name="Twoje dane i zgody").is_visible()
    assert Claim.objects.get().holder == marta
    shows(page.url)

    page.get_by_role("button", name="Cofnij", exact=True).click()
    assert page.locator("text=Żadna zgoda nie obowiązuje").is_visible()
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    page.get_by_role("button", name="Nie kontaktujcie się").click()
    assert page.get_by_role("heading", name="Nic nie przechowujemy").is_visible()
    shows(page.url)


def test_no_is_as_large_as_yes(phone, anna, marta, at):
    referral = capture(anna, marta, at)
    phone.goto(friend_path(referral.invitation))
    yes = phone.locator("button.btn--primary").bounding_box()
    no = phone.locator("button[form=no]").bounding_box()
    assert (yes["width"], yes["height"]) == (no["width"], no["height"])
    phone.locator("button[form=no]").click()
    phone.wait_for_url("**/thanks/")
    referral.refresh_from_db()
    assert referral.party is None


def test_terms(phone, axe, firm):
    phone.goto("/terms/")
    axe(phone)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_officers_pages_and_the_mailbox(new_page, sign_in, axe, anna, marta, irena, at, size):
    Organisation.objects.update(is_demo=True)
    referral = answer(capture(anna, marta, at).invitation, at)
    deliver(at)
    page = new_page(size)
    sign_in(page, irena)
    page.goto("/privacy/")
    axe(page)
    page.locator("input[name=who]").fill("Piotr Nowak")
    page.locator("input[name=reason]").first.check(force=True)
    page.locator("main button.btn--primary").click()
    page.wait_for_url(f"**/privacy/{referral.party.public_id}/")
    axe(page)
    page.goto(f"/privacy/{referral.party.public_id}/erase/")
    axe(page)
    page.goto("/demo/mailbox/")
    axe(page)
    page.locator("a.row").first.click()
    page.wait_for_url("**/mailbox/*/")
    axe(page)
