"""Pages of people, settings, team, branch and proof in Chromium: axe, no overflow, both sizes."""

from datetime import timedelta

import pytest

from polecam.actions import journal, people, recognition, setup
from polecam.asking.models import MomentTally
from polecam.insights.branch import closed_months
from polecam.referrals.models import StageTally
from tests.cast import person
from tests.support.browser import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "ada": [
        "/setup/",
        "/setup/invite/",
        "/setup/settings/",
        "/setup/settings/unanswered_days/",
        "/setup/settings/client_may_be_named/",
        "/setup/notice/",
        "/setup/firm/",
        "/tasks/put-aside/",
        "/setup/people/{marta}/",
        "/setup/people/{marta}/leave/",
    ],
    "marta": ["/team/", "/team/praise/", "/setup/notice/read/", "/proof/", "/proof/{day}/"],
    "tomek": ["/branch/", "/team/", "/proof/"],
}


@pytest.fixture
def lived(firm, branch, marta, kamil, tomek, ada, at):
    """A branch with praise, a notice, sealed days and a closed month."""
    early = at - timedelta(days=20)
    setup.announce_monitoring(by=ada, at=early, on=early.date(), rule="Regulamin pracy, par. 14")
    setup.set_setting(
        by=ada, at=at, key="cost_of_client_grosze", value=148_000, why="Rozliczenie marketingu"
    )
    people.acknowledge_notice(by=marta, at=early + timedelta(days=1))
    people.acknowledge_notice(by=kamil, at=early + timedelta(days=1))
    for reader in (marta, kamil):
        recognition.join_feed(by=reader, at=early + timedelta(days=2))
    recognition.praise(by=tomek, at=at, receiver=marta, text="Spokojna rozmowa mimo kolejki.")
    people.invite(by=ada, at=at, email="nina@olszyna.example", branch=branch, role="seller")
    sellers = [marta, kamil, tomek]
    sellers += [person(branch, "seller", name, "Lis", "f", at=at) for name in ("Ola", "Ewa")]
    (month,) = closed_months(at, firm.zone, 1)
    for seller in sellers:
        MomentTally.objects.create(
            branch=branch, seller=seller, kind="praise", month=month, asks=4, yes=2
        )
        StageTally.objects.create(
            branch=branch, seller=seller, month=month,
            asks=12, referrals=5, consents=3, meetings=2, sales=1,
        )  # fmt: skip
    seals = journal.seal_due(at=at)
    return {"marta": marta.public_id, "day": seals[-1].day.isoformat()}


@pytest.mark.sqlite  # looks the same on both; one pass of axe is enough
@pytest.mark.parametrize("who", PAGES)
def test_pages_are_clean(who, lived, request, new_page, sign_in, axe):
    visitor = request.getfixturevalue(who)
    for number, size in enumerate((PHONE, DESKTOP)):
        theme, language = (("light", "pl"), ("dark", "en"))[number]
        page = new_page(size, theme=theme, language=language)
        sign_in(page, visitor)
        for path in PAGES[who]:
            page.goto(path.format(**lived))
            page.wait_for_load_state("networkidle")
            wide = page.evaluate("() => document.documentElement.scrollWidth > innerWidth")
            assert not wide, f"{path} is wider than {size}"
            axe(page)


@pytest.mark.look(theme="light", language="pl")
def test_an_admin_invites_and_the_new_seller_joins(lived, ada, new_page, sign_in):
    desk = new_page(DESKTOP)
    sign_in(desk, ada)
    desk.goto("/setup/invite/")
    desk.get_by_label("Służbowy e-mail").fill("zofia@olszyna.example")
    desk.get_by_role("button", name="Zaproś").click()
    link = desk.get_by_role("textbox").input_value()
    phone = new_page(PHONE)
    phone.goto(link.replace("http://localhost:8000", ""))
    phone.get_by_label("Imię").fill("Zofia")
    phone.locator("label:has(input[name=form][value=f])").click()
    phone.get_by_label("Hasło").fill("cztery-spokojne-slowa")
    phone.locator("main form button[type=submit]").last.click()
    phone.wait_for_url("**/today/")


@pytest.mark.look(theme="light", language="pl")
def test_a_seller_reads_the_notice_and_claps(lived, marta, phone, sign_in):
    sign_in(phone, marta)
    phone.goto("/team/")
    phone.get_by_role("button", name="Brawo").click()
    phone.get_by_role("button", name="Brawo · 1").wait_for()
    assert phone.get_by_role("button", name="Brawo · 1").get_attribute("aria-pressed") == "true"
