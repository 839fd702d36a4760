"""Signing in by a real provider (oidc-provider from npm), in a real browser."""

import re
import socket
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from polecam.actions import people
from polecam.people.models import Person
from polecam.signin.models import Identity, Outcome, SignIn, Way
from tests.support.browser import ROOT

sys.path.insert(0, str(ROOT / "tools"))

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLIENT, SECRET = "polecam", "a-secret-for-tests-only-0123456789"


@pytest.fixture
def provider(settings, live_server):
    """The provider on a port of its own; its issuer."""
    from assets import node

    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.BASE_URL = live_server.url
    settings.OUTSIDE_LOOPBACK = True
    settings.OIDC_ISSUER, settings.OIDC_NAME = f"http://127.0.0.1:{port}", "Olszyna ID"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
    back = live_server.url + reverse("sso:back")
    process = subprocess.Popen(
        [node()[0], "tests/sso/provider.mjs", str(port), CLIENT, SECRET, back],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert any("ready" in line for line in process.stdout)
        yield settings.OIDC_ISSUER
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def come(new_page, provider, watch):
    """Sign in by the provider as `account`, in a browser of its own; the page where it ends."""
    watch.allow("ERR_NAME_NOT_RESOLVED|status of 404|Security Policy")  # the provider's own pages
    watch.allow("status of 403")

    def walk(account: str) -> Page:
        page = new_page()
        page.goto("/sign-in/?next=/profile/")
        page.get_by_role("link", name="Olszyna ID").click()
        page.locator("input[name=login]").fill(account)
        page.locator("input[name=password]").fill("whatever the provider asks for")
        page.locator("button[type=submit]").click()
        page.locator("button[type=submit]").click()  # "yes, Polecam may know who I am"
        page.wait_for_url(re.compile(r"/profile/|/sso/back/"))
        return page

    return walk


def test_who_works_here_comes_in_and_is_known_by_the_providers_id(come, marta, branch, provider):
    marta.email = "marta.z@olszyna.example"
    marta.save()
    expect(come("marta.z").get_by_role("heading", level=1)).to_be_visible()
    bound = Identity.objects.get()
    assert (bound.person, bound.issuer, bound.subject) == (marta, provider, "marta.z")
    Person.objects.filter(pk=marta.pk).update(email="marta.new@olszyna.example")
    come("marta.z")  # another address by now, the same person
    done = SignIn.objects.filter(person=marta, way=Way.SSO, outcome=Outcome.IN)
    assert done.count() == 2


def test_an_open_invitation_is_accepted_and_strangers_stay_outside(come, ada, branch):
    people.invite(
        by=ada, at=datetime.now(UTC), email="nina@olszyna.example", branch=branch, role="seller"
    )
    come("nina")
    nina = Person.objects.get(email="nina@olszyna.example")
    assert (nina.first_name, nina.has_usable_password()) == ("Nina", False)
    page = come("somebody")
    assert page.url.partition("?")[0].endswith(reverse("sso:back"))
    assert not Person.objects.filter(email__startswith="somebody").exists()
    assert SignIn.objects.filter(way=Way.SSO, outcome=Outcome.NOT_HERE).count() == 1
    page.goto("/today/")
    assert "/sign-in/" in page.url


def test_an_address_nobody_confirmed_opens_nothing(come, marta):
    Person.objects.filter(pk=marta.pk).update(email="unproven-marta@olszyna.example")
    page = come("unproven-marta")
    assert "/sso/back/" in page.url
    assert not Identity.objects.exists()
