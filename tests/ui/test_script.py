"""The small script in a browser, under the real Content-Security-Policy; and life without it."""

import pytest

from tests.cast import PASSWORD

pytestmark = pytest.mark.browser


@pytest.mark.look(theme="light", language="en")
def test_the_gallery_on_a_phone(phone, axe, db):
    phone.goto("/gallery/")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    toast = phone.locator(".messages .toast")
    assert toast.is_visible()
    toast.get_by_role("button", name="Close").click()
    assert toast.count() == 0
    phone.get_by_role("button", name="Open a sheet").click()
    assert phone.locator("#sample-sheet").is_visible()
    axe(phone)
    phone.keyboard.press("Escape")
    assert not phone.locator("#sample-sheet").is_visible()


@pytest.mark.look(theme="dark", language="pl")
def test_the_gallery_on_a_desk(desktop, axe, db):
    desktop.goto("/gallery/")
    axe(desktop)


def test_a_tile_opens_its_panel(phone, db):
    phone.goto("/gallery/")
    first, second = phone.locator(".panel--1"), phone.locator(".panel--2")
    assert first.is_visible()
    phone.locator(".choice .tile").nth(1).click()
    assert second.is_visible()
    assert not first.is_visible()


@pytest.mark.look(theme="light", language="en")
def test_copying_says_so(new_page, db):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/gallery/")
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "https://polecam.example"


def test_a_form_is_sent_once(phone, watch, db):
    watch.allow("422")
    phone.goto("/sign-in/")
    sent = []
    phone.on("request", lambda request: sent.append(request.method))
    phone.locator("#id_username").fill("nobody@olszyna.example")
    phone.locator("#id_password").fill("wrong wrong wrong")
    phone.evaluate(
        """() => {
          const button = document.querySelector("form[data-sent] , form:has(#id_password)")
            .querySelector("button[type=submit]");
          button.click(); button.click(); button.click();
        }"""
    )
    phone.locator(".problem").wait_for()
    assert sent.count("POST") == 1
    assert phone.locator("#id_username").input_value() == "nobody@olszyna.example"


@pytest.mark.look(language="pl")
def test_the_way_in_without_a_script(new_page, marta, axe):
    page = new_page(java_script_enabled=False)
    page.goto("/sign-in/")
    page.locator("#id_username").fill(marta.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się").click()
    page.goto("/profile/")
    assert page.locator("h1").inner_text() == "Twoje konto"
    page.get_by_text("jak mężczyzna: Zapytałem").click()
    page.get_by_role("button", name="Zapisz").click()
    assert page.locator(".messages .toast").inner_text().strip() == "Zapisane."
    marta.refresh_from_db()
    assert marta.form == "m"


def test_pages_of_the_way_in_are_clean(phone, axe, db):
    for path in ("/sign-in/", "/password/", "/password/sent/"):
        phone.goto(path)
        axe(phone)


def test_ones_own_account_is_clean(desktop, sign_in, axe, marta):
    sign_in(desktop, marta)
    for path in ("/profile/", "/profile/password/"):
        desktop.goto(path)
        axe(desktop)


def test_unsaved_words_are_not_lost_by_accident(phone, sign_in, marta):
    sign_in(phone, marta)
    phone.goto("/profile/")
    phone.locator("#id_title").fill("doradczyni")
    asked = []
    phone.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    phone.goto("/password/sent/")
    assert asked == ["beforeunload"]
