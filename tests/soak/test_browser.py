"""The data are away while Marta saves: one tap sends the same again, and it counts once."""

import os

import pytest

from polecam.referrals.models import Referral
from polecam.store import faults
from tests.today.seed import plant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.look(theme="light", language="pl")
@pytest.mark.parametrize("where", ["begun", "committed"])
def test_sent_again_with_one_tap(
    phone, sign_in, axe, watch, live_server, branch, marta, at, plan, settings, where
):
    settings.BASE_URL = live_server.url
    plant(branch, marta, at)
    watch.allow("503")
    sign_in(phone, marta)
    phone.goto("/today/")
    phone.locator(".card--focus .btn--primary").tap()
    phone.wait_for_selector(".tiles")
    phone.locator(".tile:nth-child(1)").tap()
    phone.fill("#id_first_name", "Piotr")
    faults.arm(faults.heard(f"gone:action.{where}:referrals.capture"))
    try:
        phone.locator(".sheet__foot .btn--primary").tap()
        phone.wait_for_selector("text=Chwileczkę")
    finally:
        faults.arm(None)
    axe(phone)
    if folder := os.environ.get("POLECAM_SHOTS"):
        phone.screenshot(path=f"{folder}/away-{where}.png")
    phone.get_by_role("button", name="Wyślij ponownie").tap()
    phone.wait_for_selector(".receipt")
    assert Referral.objects.count() == 1
