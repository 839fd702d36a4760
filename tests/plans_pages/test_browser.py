"""A boss writes a plan, breaks and mends it; a second person publishes it; a seller reads it."""

import re

import pytest
from playwright.sync_api import expect

from polecam.bonuses.models import Acknowledgement, PlanVersion
from tests.plans_pages.support import begun
from tests.support.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.sqlite]


@pytest.mark.look(theme="light", language="pl")
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_a_template_to_a_plan_that_is_read(
    size, new_page, sign_in, axe, watch, branch, tomek, ada, marta
):
    watch.allow("422")
    boss = new_page(size)
    sign_in(boss, tomek)
    boss.goto("/plans/")
    boss.get_by_role("link", name="Nowa wersja").first.click()
    boss.get_by_text("Oddział banku").first.click()
    boss.get_by_role("button", name="Zacznij szkic").click()
    axe(boss)

    boss.get_by_label("Sprzedaż: procent").fill("1000")
    boss.locator("#rule-2 summary").click()
    boss.locator("#components-2-shape").select_option("marginal")
    boss.locator("#rule-2").get_by_role("button", name="Pokaż w ten sposób").click()
    boss.get_by_label("Próg 2: od").fill("4")
    boss.get_by_label("Próg 2: płaci").fill("60")
    boss.get_by_role("button", name="Zapisz szkic").last.click()
    expect(boss.get_by_text("Wpisz procent od 0 do 100.")).to_be_visible()
    expect(boss.get_by_text("Dwa progi nachodzą na siebie")).to_be_visible()
    expect(boss.get_by_label("Sprzedaż: procent")).to_have_value("1000")
    axe(boss)

    boss.get_by_label("Sprzedaż: procent").fill("12,5")
    boss.get_by_label("Próg 2: od").fill("6")
    boss.get_by_role("button", name="Ogłoś zespołowi").click()
    expect(boss.get_by_text("Zatwierdzić może: Ada Maj")).to_be_visible()
    axe(boss)
    boss.get_by_role("button", name="Poproś o zatwierdzenie").click()
    expect(boss.get_by_role("heading", name="Czeka na drugą osobę")).to_be_visible()

    second = new_page(size)
    sign_in(second, ada)
    second.goto("/plans/")
    second.get_by_role("link", name=re.compile("Tomasz Wrona")).click()
    axe(second)
    second.get_by_role("button", name="Ogłoś wszystkim").click()
    expect(second.get_by_text("od 6: po 60")).to_be_visible()

    seller = new_page(size)
    sign_in(seller, marta)
    version = PlanVersion.objects.get()
    seller.goto(f"/money/plan/?v={version.public_id}")
    seller.get_by_role("link", name="Co się zmienia").click()
    axe(seller)
    seller.get_by_role("button", name="Przeczytałam").click()
    expect(seller.get_by_text("Dziękujemy.")).to_be_visible()
    seller.get_by_text("Policzone na przykładzie").first.click()
    expect(seller.get_by_role("cell", name="260")).to_be_visible()
    axe(seller)
    assert Acknowledgement.objects.get().person == marta


@pytest.mark.look(theme="dark", language="en")
def test_the_editor_by_keyboard_and_without_a_script(new_page, sign_in, axe, branch, tomek, at):
    draft = begun(tomek, branch, at)
    plain = new_page(PHONE, java_script_enabled=False)
    sign_in(plain, tomek)
    plain.goto(f"/plans/{draft.public_id}/")
    plain.get_by_label("Meeting: amount").fill("45.50")
    plain.locator("summary").filter(has_text="Add a rule").click()
    plain.get_by_role("button", name="Reference").click()
    expect(plain.get_by_label("Meeting: amount")).to_have_value("45.50")
    expect(plain.get_by_text("not saved yet")).to_be_visible()
    plain.get_by_label("Reference: amount").fill("75")
    plain.get_by_label("Reference: amount").press("Enter")
    expect(plain.get_by_text("The draft is saved.")).to_be_visible()
    expect(plain.get_by_label("Reference: amount")).to_have_value("75")
