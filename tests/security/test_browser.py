"""In Chromium, with an authenticator of the browser itself: a passkey is made, used, and alone is
enough; and the way with an app needs no script at all."""

import re
from datetime import UTC, datetime

import pytest

from polecam.signin.models import Factor, Session, SignIn
from polecam.web.pages.entry import arriving
from tests.cast import PASSWORD
from tests.security.support import code_of, demand
from tests.support.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def house(live_server, settings) -> str:
    """The house under the name that passkeys of this machine belong to."""
    settings.BASE_URL = live_server.url
    assert live_server.url.startswith("http://localhost")
    return live_server.url


def authenticator(page):
    """Give the browser an authenticator; the line to it, and its id."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    made = line.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return line, made["authenticatorId"]


def walk_in(page, person) -> None:
    """The sign-in form, as anybody fills it in."""
    page.goto("/sign-in/")
    page.get_by_label("Work e-mail").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.look(theme="light", language="en")
def test_a_passkey_from_its_making_to_signing_in_with_nothing_else(
    house, phone, marta, kamil, axe, watch
):
    line, device = authenticator(phone)
    walk_in(phone, marta)
    phone.goto("/security/")
    axe(phone)
    phone.get_by_role("button", name="Add a passkey").click()
    phone.get_by_role("heading", name="Your spare codes").wait_for()
    axe(phone)
    assert phone.locator("#codes li").count() == 10
    phone.get_by_role("link", name="I have kept them").click()
    (kept,) = line.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert kept["isResidentCredential"]
    assert kept["rpId"] == "localhost"
    phone.get_by_role("heading", name="My sign-in").wait_for()

    phone.goto("/profile/")
    phone.get_by_role("button", name="Sign out").click()
    phone.get_by_role("button", name="Sign in with a passkey").click()
    phone.wait_for_url(re.compile(r"/today/"))
    last = SignIn.objects.order_by("-id").first()
    assert (last.way, last.outcome, last.person) == ("passkey", "in", marta)
    assert Session.objects.get(ended_at=None).strong
    assert Factor.objects.get().last_used_at is not None

    # as the second step, and not for somebody else
    phone.goto("/profile/")
    phone.get_by_role("button", name="Sign out").click()
    walk_in(phone, marta)
    phone.get_by_role("heading", name="One more step, and you are in").wait_for()
    axe(phone)
    phone.get_by_role("button", name="Use a passkey").click()
    phone.wait_for_url(re.compile(r"/today/"))


@pytest.mark.look(theme="dark", language="en")
def test_a_passkey_that_is_called_off_leaves_the_other_ways(house, desktop, marta, axe):
    line, device = authenticator(desktop)
    line.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    desktop.goto("/sign-in/")
    desktop.get_by_role("button", name="Sign in with a passkey").click()
    desktop.get_by_text("That did not work out, or was called off").wait_for()
    axe(desktop)
    walk_in(desktop, marta)
    desktop.wait_for_url(re.compile(r"/today/"))


@pytest.mark.look(theme="light", language="en")
def test_an_app_is_set_up_and_used_without_any_script(house, new_page, tomek, at, watch):
    watch.allow("422")  # a wrong code, on purpose
    demand(at, "manager")
    page = new_page(PHONE, java_script_enabled=False)
    walk_in(page, tomek)
    page.get_by_role("heading", name="Before you go on: a second step").wait_for()
    page.get_by_role("button", name="Set up an app").click()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    factor = Factor.objects.get()
    assert factor.secret == secret
    page.get_by_label("Code from the app").fill(code_of(factor))
    page.get_by_role("button", name="Confirm").click()
    codes = page.locator("#codes li").all_inner_texts()
    assert len(codes) == 10
    page.goto("/profile/")
    page.get_by_role("button", name="Sign out").click()
    Factor.objects.update(last_step=0)  # half a minute passes
    walk_in(page, tomek)
    assert page.get_by_role("button", name="Use a passkey").count() == 0
    page.get_by_label("Code from the app").fill("000 000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_text("This code does not fit").wait_for()
    page.get_by_label("Code from the app").fill(code_of(factor, datetime.now(UTC)))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"/branch/"))
    page.goto("/profile/")
    page.get_by_role("button", name="Sign out").click()
    walk_in(page, tomek)
    page.get_by_role("link", name="I do not have it with me").click()
    page.get_by_label("Spare code").fill(codes[0].upper())
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile(r"/branch/"))


@pytest.mark.look(theme="dark", language="pl")
def test_the_small_pages_on_the_way_are_accessible(house, new_page, marta, ada, at, axe, sign_in):
    from tests.security.support import an_app, browser, knock

    factor, _codes = an_app(marta, at)
    who = browser()
    knock(who, marta)
    page = new_page(DESKTOP)
    page.context.add_cookies(
        [{"name": "session", "value": who.cookies["session"].value, "url": house}]
    )
    for path in ("/sign-in/code/", "/sign-in/spare/"):
        page.goto(path)
        assert page.url == house + path
        axe(page)
    assert arriving.HALF in who.session
    page.goto("/sign-in/code/")
    page.get_by_label("Kod z aplikacji").fill(code_of(factor))
    page.get_by_role("button", name="Zaloguj się").first.click()
    page.wait_for_url(re.compile(r"/today/"))
