"""The main job, end to end: one seller, one client, one friend and one boss, each in a browser.

From "whom do I ask today?" to a bonus explained to the grosz, at both sizes and in both languages.
Names of fields and addresses are used, not labels, so that the same walk serves both languages.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from polecam import worker
from polecam.actions import moments
from polecam.bonuses.models import Line
from polecam.cli import main as polecam
from polecam.organisation.models import Organisation
from polecam.referrals.models import Meeting, Referral
from tests.support.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WARSAW = ZoneInfo("Europe/Warsaw")
PUBLIC = re.compile(r"/[zkcf]/[\w-]+/")


def link(page, letter: str) -> str:
    """The first public link of a kind on the page."""
    found = [path for path in PUBLIC.findall(page.content()) if path.startswith(f"/{letter}/")]
    assert found, f"no /{letter}/ link on {page.url}"
    return found[0]


@pytest.mark.parametrize(
    ("size", "language"), [(PHONE, "pl"), (DESKTOP, "en")], ids=["phone-pl", "desktop-en"]
)
def test_from_a_file_of_clients_to_a_bonus_explained(
    size, language, new_page, sign_in, axe, marta, tomek, plan, tmp_path, settings, live_server
):
    settings.BASE_URL = live_server.url
    Organisation.objects.update(is_demo=True)  # the mailbox is a demo's
    file = tmp_path / "klienci.csv"
    file.write_bytes(
        "Imię i nazwisko;Telefon;E-mail;Opiekun;Klient od\r\n"
        "Łucja Żurek;601 673 417;lucja@poczta.example;Marta Zielinska;28.10.2016\r\n"
        ";601 673 418;;;\r\n".encode("cp1250")
    )
    assert polecam(["import", str(file), "--owner-column", "Opiekun"]) == 1, "a row was rejected"
    lucja = marta.client_set.get()
    today = datetime.now(WARSAW).date()
    moments.note_moment(by=marta, at=datetime.now(UTC), client=lucja, kind="praise", on=today)

    seller = new_page(size, language=language)
    sign_in(seller, marta)
    ask(seller, axe)
    client_page = new_page(size, language=language)
    client_page.goto(link(seller, "k"))
    client_page.locator("main button.btn--primary").first.click()
    client_page.wait_for_load_state()
    friend = new_page(PHONE, language=language, java_script_enabled=False)
    friend.goto(link(client_page, "z"))
    consent(friend)

    referral = Referral.objects.get()
    boss = new_page(DESKTOP, language=language)
    sign_in(boss, tomek)
    talk(seller, boss, referral)
    sell(seller, boss, referral)
    explain(seller, axe)


def ask(seller, axe) -> None:
    """Today: the first card, asked; the sheet: a first name, saved; the receipt."""
    seller.goto("/today/")
    axe(seller)
    seller.locator("article.card--focus button.btn--primary").click()
    seller.wait_for_url("**/capture/*/")
    axe(seller)
    seller.locator("input[name=first_name]").fill("Piotr")
    seller.locator(".sheet__foot button[type=submit]").click()
    seller.wait_for_url("**/capture/referral/*/")
    axe(seller)


def consent(friend) -> None:
    """The friend wants a call, and confirms by the link in the text message."""
    friend.locator("input[name=channel][value=phone]").check()
    friend.locator("input[name=first_name]").fill("Piotr")
    friend.locator("input[name=phone]").fill("605 123 987")
    friend.locator("input[name=agree_phone]").check()
    friend.locator("form button.btn--primary").first.click()
    worker.drain(datetime.now(UTC))
    friend.goto("/demo/mailbox/")
    friend.locator("main a[href*='/demo/mailbox/']").first.click()
    friend.goto(link(friend, "c"))
    friend.locator("main button.btn--primary").click()
    assert "/f/" in friend.url


def talk(seller, boss, referral: Referral) -> None:
    """The number opens; a call, a meeting, and the boss's word that it took place."""
    page = f"/referrals/{referral.public_id}/"
    seller.goto(page)
    assert "605" not in seller.locator("main").inner_text(), "nothing opens by itself"
    seller.locator("form[action$='/number/'] button").first.click()
    seller.locator("text=605 123 987").wait_for()
    seller.goto(f"{page}contact/")
    seller.locator("label:has(input[name=result][value=reached])").click()
    submit(seller)
    soon = datetime.now(WARSAW) + timedelta(hours=2)
    seller.goto(f"{page}meeting/")
    seller.locator("input[name=day]").fill(soon.strftime("%Y-%m-%d"))
    seller.locator("input[name=hour]").fill(soon.strftime("%H:%M"))
    submit(seller)
    Meeting.objects.update(at=datetime.now(UTC) - timedelta(minutes=1))  # two hours later
    seller.goto(page)
    seller.locator("form[action$='/held/'] button").click()
    seller.wait_for_load_state()
    boss.goto("/confirm/")
    boss.locator("main form button.btn--primary").first.click()
    boss.wait_for_load_state()


def sell(seller, boss, referral: Referral) -> None:
    """Won: value, margin, contract; probable until the boss confirms."""
    seller.goto(f"/referrals/{referral.public_id}/won/")
    seller.locator("input[name=value]").fill("250 000,00")
    seller.locator("input[name=margin]").fill("6400,04")
    seller.locator("input[name=contract]").fill("U/2026/7")
    submit(seller)
    assert not Line.objects.filter(fact__kind="sale").exists(), "probable, not confirmed"
    boss.goto("/confirm/")
    boss.locator("main form button.btn--primary").first.click()
    boss.wait_for_load_state()


def explain(seller, axe) -> None:
    """10 zł + 40 zł + 12.5% of 6,400.04 zł = 850.01 zł gross; each line says how."""
    earned = Line.objects.order_by("amount_grosze").values_list("amount_grosze", flat=True)
    assert list(earned) == [1_000, 4_000, 80_001]
    seller.goto("/money/")
    axe(seller)
    text = seller.locator("main").inner_text()
    assert re.search(r"850[,.]01", text)
    biggest = seller.locator("details", has=seller.locator("a[href^='/money/']")).filter(
        has_text=re.compile(r"800[,.]01")
    )
    biggest.locator("summary").first.click()
    biggest.locator("a[href^='/money/']").first.click()
    seller.wait_for_url(re.compile(r"/money/\w+/$"))
    explained = seller.locator("main").inner_text()
    assert re.search(r"12[,.]5", explained)
    assert re.search(r"6\W?400[,.]04", explained)
    axe(seller)


def submit(page) -> None:
    """The one button of a sheet."""
    page.locator(".sheet__foot button[type=submit]").click()
    page.wait_for_load_state()
    assert not page.locator(".is-error").count(), page.locator("main").inner_text()
