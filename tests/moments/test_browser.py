"""The admin puts a moment into the catalogue, the seller taps it, Today says why now."""

import pytest

from polecam.actions import moments
from polecam.asking import kinds
from polecam.asking.models import DateRule, Inlet, Moment, MomentType
from polecam.kit.periods import day_of

pytestmark = pytest.mark.browser


def test_from_the_catalogue_to_today(phone, desktop, sign_in, axe, anna, ada, marta, plan, at):
    kinds.install(at, "bank")
    moments.note_moment(by=marta, at=at, client=anna, kind="praise", on=day_of(at, "Europe/Warsaw"))
    sign_in(desktop, ada)
    desktop.goto("/moments/")
    axe(desktop)
    praise = MomentType.objects.get(code="praise")
    desktop.locator(f"a[href$='/moments/{praise.public_id}/']").click()
    axe(desktop)
    desktop.locator("label.check", has=desktop.locator("input[name=used]")).click()
    desktop.locator("form.card button.btn--primary").click()
    desktop.wait_for_selector("input[name=seen]", state="attached")
    axe(desktop)
    assert MomentType.objects.get(code="praise").used, "nothing is saved before it is seen"
    desktop.locator("form.card button.btn--primary").click()
    desktop.wait_for_url("**/moments/")
    assert not MomentType.objects.get(code="praise").used
    desktop.goto(f"/moments/dates/{DateRule.objects.earliest('id').public_id}/")
    axe(desktop)
    desktop.goto("/moments/new/")
    axe(desktop)
    desktop.fill("input[name=title_pl]", "Dzień otwarty")
    desktop.fill("input[name=title_en]", "Open day")
    desktop.fill("textarea[name=sentence_pl]", "{when} [była|był] na dniu otwartym")
    desktop.fill("input[name=days]", "10")
    desktop.locator("form.card button.btn--primary").click()
    desktop.wait_for_url("**/moments/")
    sign_in(phone, marta)
    phone.goto(f"/today/moment/{anna.public_id}/")
    axe(phone)
    own = MomentType.objects.get(own=True)
    tap = phone.locator(f"button[value='{own.code}']")
    if not tap.is_visible():
        phone.locator("details.more summary").click()
    tap.click()
    phone.wait_for_url("**/today/**")
    assert Moment.objects.filter(client=anna, kind=own.code).count() == 1
    said = phone.locator("main").inner_text().lower().replace("\u00a0", " ")
    assert "była na dniu otwartym" in said or "open day" in said


def test_the_secret_stands_on_one_page_only(phone, sign_in, axe, ada, branch, at):
    kinds.install(at, "bank")
    sign_in(phone, ada)
    phone.goto("/inlets/new/")
    axe(phone)
    phone.fill("input[name=name]", "Szkody")
    phone.locator("form.card button.btn--primary").click()
    phone.wait_for_selector("#inlet-secret")
    axe(phone)
    assert phone.input_value("#inlet-secret") == Inlet.objects.get().secret
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    phone.goto("/inlets/")
    axe(phone)
    assert Inlet.objects.get().secret not in phone.content()
