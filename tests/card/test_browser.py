"""The client on a phone: without a script first, then with the phone's share sheet; axe on all."""

import pytest

from polecam.clients.models import ClientConsent
from polecam.privacy.models import PersonRequest
from polecam.referrals import cards, links
from polecam.referrals.models import Card, Invitation
from tests.privacy.friend import invite
from tests.support.browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_the_client_without_a_script(new_page, axe, watch, anna, marta, plan, known, at):
    watch.allow("422|404|410")
    invitation = invite(anna, marta, at, plan)
    page = new_page(PHONE, java_script_enabled=False, language="pl")
    looking = {
        "pl": new_page(PHONE, language="pl", theme="light"),
        "en": new_page(PHONE, language="en", theme="dark"),
    }

    def shows(path: str) -> None:
        for one in looking.values():
            one.goto(path)
            axe(one)
            assert one.evaluate("document.documentElement.scrollWidth <= innerWidth"), path

    page.goto(links.client_path(invitation))
    press(page, "Biorę zaproszenie")
    path = cards.card_path(Card.objects.get())
    assert page.url.partition("?")[0].endswith(path)
    assert page.get_by_role("heading", name="Dziękujemy za dobre słowo, Pani Anno").is_visible()
    assert not page.locator("[data-share], [data-copy]").first.is_visible()
    page.get_by_text("do skopiowania ręcznie").first.click()
    assert links.friend_url(invitation) in page.locator("textarea[readonly]").input_value()
    shows(path)

    page.get_by_role("link", name="Zmień słowa").click()
    shows(f"{path}words/")
    page.get_by_label("Własne słowa").fill("Zadzwoń 601 673 417")
    press(page, "Zapisz moje słowa")
    assert page.locator(".field__error").is_visible()
    assert page.get_by_label("Własne słowa").input_value() == "Zadzwoń 601 673 417"
    page.get_by_label("Własne słowa").fill("Polecam. Bez pośpiechu.")
    press(page, "Zapisz moje słowa")
    assert page.locator("q", has_text="Polecam. Bez pośpiechu.").is_visible()

    press(page, "Kolejny link, dla innej osoby")
    second = Invitation.objects.exclude(pk=invitation.pk).get()
    shows(f"{path}links/{second.public_id}/paper/")
    press(page, "Link przekazany")
    assert page.locator(".row__title", has_text="Przekazany").is_visible()
    press(page, "Cofnij ten link")
    looking["pl"].goto(links.friend_path(second))
    assert looking["pl"].get_by_text("cofnęła go").is_visible()
    assert looking["pl"].locator("form:not(.languages)").count() == 0
    axe(looking["pl"])

    page.locator("input[name=client_thanks_email]").check()
    press(page, "Zgadzam się na to, co zaznaczone")
    assert [row.purpose for row in ClientConsent.objects.all()] == ["thanks"]
    shows(path)
    press(page, "Nie pytajcie mnie więcej")
    shows(path)
    press(page, "Można mnie znów zapytać")
    anna.refresh_from_db()
    assert anna.never_ask_at is None

    page.get_by_role("link", name="Wszystko o mnie").click()
    press(page, "Poproś o usunięcie moich danych")
    assert PersonRequest.objects.get().kind == "erase"
    assert page.get_by_text("Czeka prośba o usunięcie danych").is_visible()
    shows(f"{path}me/")
    page.get_by_role("link", name="Do karty").click()
    press(page, "Zamknij moją stronę")
    assert page.get_by_role("heading", name="Strona jest zamknięta").is_visible()
    shows("/card/closed/")
    shows(path)


@pytest.mark.look(language="en")
def test_the_share_sheet_of_the_phone(new_page, card, link):
    page = new_page(PHONE, permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script(
        "window.shared = []; navigator.canShare = () => true;"
        "navigator.share = async (data) => { window.shared.push(data); };"
    )
    page.goto(cards.card_path(card))
    page.locator("[data-share]").click()
    [shared] = page.evaluate("window.shared")
    assert shared["url"] == links.friend_url(link)
    assert "Anna" not in shared["text"]
    page.locator("[data-copy]").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith(links.friend_url(link))


def test_no_share_sheet_no_button(new_page, card):
    page = new_page(PHONE)
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(cards.card_path(card))
    assert not page.locator("[data-share]").is_visible()


def test_the_paper_is_one_sheet(desktop, card, link):
    desktop.goto(f"{cards.card_path(card)}links/{link.public_id}/paper/")
    pdf = desktop.pdf(format="A4")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1
    desktop.emulate_media(media="print")
    assert desktop.locator(".paper .qr").is_visible()
    assert not desktop.locator(".no-print").is_visible()


def test_the_seller_shows_the_card(phone, sign_in, axe, marta, anna):
    sign_in(phone, marta)
    phone.goto(f"/clients/{anna.public_id}/card/")
    axe(phone)
    phone.locator("form button.btn--primary").click()
    phone.locator(".qr").wait_for()
    axe(phone)
