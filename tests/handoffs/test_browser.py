"""Two sellers in two browsers and the friend in a third: offered, taken, confirmed, opened."""

import pytest
from playwright.sync_api import Page, expect

from polecam.privacy import links
from polecam.privacy.models import Consent
from tests.handoffs.support import DAY, can, consented
from tests.support.browser import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.look(theme="light", language="en")
def test_from_the_offer_to_the_open_contact(
    anna, marta, kamil, plan, at, new_page, sign_in, axe, live_server
):
    for person in (marta, kamil):
        person.language = "en"
        person.save()
    can(kamil, "language", "uk")
    referral = consented(anna, at=at - DAY, plan=plan.pk, channels=("phone", "email"), need="home")
    giver: Page = new_page(DESKTOP)
    taker: Page = new_page(PHONE, theme="dark")
    friend: Page = new_page(PHONE)
    sign_in(giver, marta)
    sign_in(taker, kamil)

    giver.goto(f"/referrals/{referral.public_id}/")
    giver.get_by_text("More", exact=True).click()
    giver.get_by_role("link", name="Hand on").click()
    axe(giver)
    giver.get_by_text("Speaks the friend’s language", exact=True).click()
    giver.get_by_text("Kamil Duda", exact=True).click()
    giver.get_by_text("What is needed", exact=True).click()
    giver.locator("#id_language").select_option("uk")
    giver.get_by_role("button", name="To the split").click()
    axe(giver)
    giver.get_by_label("You keep").fill("65")
    giver.get_by_role("button", name="Offer it").click()
    expect(giver.get_by_role("heading", level=1)).to_contain_text("waits for Kamil")

    taker.goto("/fair/")
    taker.get_by_role("link", name="Marta offers you a friend to look after").click()
    expect(taker.get_by_text("Of every bonus for this friend")).to_contain_text("35%")
    axe(taker)
    taker.get_by_role("button", name="I take it").click()
    expect(taker.get_by_role("heading", level=1)).to_contain_text("friend’s own word")
    expect(taker.get_by_text("Show the number")).to_have_count(0)

    consent = Consent.objects.filter(referral=referral.public_id).first()
    friend.goto(links.friend_path(consent))
    axe(friend)
    yes = friend.get_by_role("button", name="Yes, that is fine").bounding_box()
    no = friend.get_by_role("button", name="No, thank you").first.bounding_box()
    assert yes
    assert no
    assert abs(yes["width"] - no["width"]) < 2, "both answers weigh the same"
    assert abs(yes["height"] - no["height"]) < 2
    friend.get_by_role("button", name="Yes, that is fine").click()
    expect(friend.get_by_text("Kamil Duda will get in touch")).to_be_visible()

    taker.reload()
    taker.get_by_role("link", name="To the friend’s page").click()
    taker.get_by_role("button", name="Show the number").click()
    expect(taker.locator("#number")).to_contain_text("600 100 200")
    giver.goto(f"/referrals/{referral.public_id}/")
    expect(giver.get_by_role("heading", name="Kamil is in touch")).to_be_visible()
    expect(giver.get_by_text("Show the number")).to_have_count(0)
    axe(giver)


@pytest.mark.look(theme="dark", language="pl")
def test_the_list_and_the_absence_on_a_phone(
    anna, marta, kamil, at, phone, sign_in, axe, live_server
):
    sign_in(phone, marta)
    phone.goto("/handoffs/")
    axe(phone)
    phone.get_by_role("link", name="Zaplanuj nieobecność").click()
    phone.get_by_label("Kto zastępuje?").select_option("Kamil Duda")
    axe(phone)
    phone.get_by_role("button", name="Zapisz").click()
    expect(phone.get_by_text("Nie ma Cię")).to_be_visible()
    phone.get_by_role("button", name="Już jestem").click()
    expect(phone.get_by_text("Nie ma Cię")).to_have_count(0)
    phone.goto("/handoffs/skills/")
    axe(phone)
    phone.get_by_text("ukraiński", exact=True).click()
    phone.get_by_role("button", name="Zapisz").click()
    expect(phone.get_by_text("mówi po ukraińsku")).to_be_visible()
    axe(phone)
