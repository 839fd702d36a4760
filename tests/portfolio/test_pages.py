"""The pages of portfolios that move: who opens them, what they say, what they must not."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import claims, portfolio
from polecam.claims.models import BulkHandoff, BulkItem, Claim
from polecam.clients.models import Client
from polecam.organisation.models import Setting
from polecam.web.ui.waits import portfolio as waits
from polecam.worker import drain
from tests.portfolio.support import DAY, MINUTE, clients, leave, led
from tests.privacy.friend import capture
from tests.referrals.growing import consented

pytestmark = pytest.mark.django_db


def http(person) -> Browser:
    person.language = "en"
    person.save(update_fields=["language"])
    browser = Browser()
    browser.force_login(person)
    return browser


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode().replace("\u00a0", " "))


def page(bulk: BulkHandoff, name: str = "one", *more: object) -> str:
    return reverse(f"portfolio:{name}", args=[bulk.public_id, *more])


def test_from_leaving_to_undone(branch, marta, kamil, ada, tomek, plan, at):
    owned = clients(branch, marta, 3, at=at)
    led(owned[0], marta, 1, at - 9 * DAY, plan)
    asked = http(ada).get(reverse("setup:leave", args=[marta.public_id]))
    assert "3 clients, 1 referral led" in text(asked)
    answer = http(ada).post(reverse("setup:leave", args=[marta.public_id]))
    bulk = BulkHandoff.objects.get()
    assert answer.headers["Location"] == reverse("staff:settled", args=[marta.public_id])
    assert page(bulk) in http(ada).get(answer.headers["Location"]).content.decode()
    boss = http(tomek)
    shown = text(boss.get(page(bulk)))
    assert "Marta 100% → <b>Kamil 50%, Marta 50%</b>" in shown or (
        "Marta 100% → <b>Marta 50%, " in shown
    )
    assert boss.post(page(bulk, "run")).status_code == 303
    assert "hx-get" in text(boss.get(page(bulk)))
    assert "0 of 4" in text(boss.get(page(bulk, "progress")))
    drain(datetime.now(UTC))
    done = text(boss.get(page(bulk)))
    assert "4 of 4 moved" in done
    assert "1 referral waits for the friend’s own word" in done
    (wait,) = waits.waits(tomek, at + DAY)
    assert wait.url == page(bulk)
    assert boss.post(page(bulk, "undo")).status_code == 303
    drain(datetime.now(UTC))
    assert "4 of 4 are back" in text(boss.get(page(bulk)))
    assert set(Client.objects.values_list("owner", flat=True)) == {marta.pk}
    assert "Marta Zielinska" in text(boss.get(reverse("portfolio:list")))


def test_what_the_preview_does_not_tell(branch, marta, kamil, ada, tomek, plan, at):
    """Before the notice no friend by name; never what a client answered; to an admin no client."""
    (client,) = clients(branch, marta, 1, at=at)
    led(client, marta, 1, at - 9 * DAY, plan)
    capture(client, marta, at - DAY, plan, name="Genowefa")
    bulk = leave(ada, marta, at)
    for person in (tomek, ada):
        shown = text(http(person).get(page(bulk)))
        assert "Piotr" not in shown
        assert "Genowefa" not in shown
        assert "601670001" not in shown
    assert "Anna0" in text(http(tomek).get(page(bulk)))
    assert "Anna0" not in text(http(ada).get(page(bulk)))


def test_counts_that_do_not_fit_stay_in_the_form(branch, marta, kamil, tomek, at):
    clients(branch, marta, 4, at=at)
    bulk = portfolio.draft(by=tomek, at=at, giver=marta, branch=branch, to=[kamil, tomek])
    boss = http(tomek)
    kept = {f"n_{kamil.public_id}": "3", f"n_{tomek.public_id}": "3"}
    answer = boss.post(page(bulk, "divide"), kept)
    assert answer.status_code == 422
    assert "Together it must be 4 clients" in text(answer)
    assert text(answer).count('value="3"') == 2
    answer = boss.post(page(bulk, "divide"), kept | {f"n_{tomek.public_id}": "many"})
    assert answer.status_code == 422
    assert 'value="many"' in text(answer)
    assert boss.post(page(bulk, "divide"), kept | {f"n_{tomek.public_id}": "1"}).status_code == 303
    counts = sorted(BulkItem.objects.filter(receiver=who).count() for who in (kamil, tomek))
    assert counts == [1, 3]


def test_a_new_division_by_its_pages(branch, marta, kamil, tomek, at):
    clients(branch, marta, 2, at=at)
    boss = http(tomek)
    new = reverse("portfolio:new")
    assert "Marta Zielinska" in text(boss.get(new))
    chosen = f"{new}?giver={marta.public_id}"
    assert "2 clients" in text(boss.get(chosen))
    assert boss.post(chosen, {"why": "division"}).status_code == 422
    assert boss.get(f"{new}?giver=nobody").status_code == 404
    answer = boss.post(chosen, {"why": "division", "to": [kamil.public_id]})
    bulk = BulkHandoff.objects.get()
    assert answer.headers["Location"] == page(bulk)
    item = BulkItem.objects.first()
    wrong = boss.post(page(bulk, "give", item.pk), {"to": "nobody"})
    assert wrong.status_code == 409
    assert boss.post(page(bulk, "drop")).status_code == 303
    bulk.refresh_from_db()
    assert bulk.state == "dropped"
    assert boss.post(page(bulk, "run")).status_code == 303
    bulk.refresh_from_db()
    assert bulk.state == "dropped"


def test_whoever_left_something_behind_waits_for_the_boss(branch, marta, kamil, ada, tomek, at):
    clients(branch, marta, 2, at=at)
    bulk = leave(ada, marta, at)
    (wait,) = waits.waits(tomek, at)
    assert wait.url == page(bulk)
    assert waits.waits(kamil, at) == []
    portfolio.drop(by=tomek, at=at, bulk=bulk)
    (wait,) = waits.waits(tomek, at)
    assert wait.url == f"{reverse('portfolio:new')}?giver={marta.public_id}"
    assert "no longer works here" in text(http(tomek).get(wait.url.split("?")[0]))


def test_the_boss_says_who_goes_on(branch, anna, marta, kamil, tomek, at):
    Setting.objects.create(key="claim_expiry", value="boss", valid_from=at - 400 * DAY, set_at=at)
    consented(anna, at=at - 91 * DAY, first="Bartosz")
    Claim.objects.update(until=at - MINUTE)
    claims.expire_due(at=at)
    ended = reverse("portfolio:goes_on", args=[Claim.objects.get().public_id])
    boss = http(tomek)
    shown = text(boss.get(ended))
    assert "Bartosz" not in shown
    assert "monitoring notice" in shown
    assert boss.post(ended, {"to": kamil.public_id}).status_code == 200
    assert not Claim.objects.filter(ended_at=None).exists(), "nothing happens unseen"
    Setting.objects.create(
        key="monitoring_notice",
        value=(at - 60 * DAY).date().isoformat(),
        valid_from=at - 60 * DAY,
        set_at=at,
    )
    marta.notice_acknowledged_at = at - 50 * DAY
    marta.save()
    assert "Bartosz" in text(boss.get(ended))
    assert boss.post(ended, {"to": "nobody"}).status_code == 422
    assert boss.post(ended, {"to": kamil.public_id}).status_code == 303
    assert Claim.objects.get(ended_at=None).holder == marta
    assert boss.post(ended, {"to": kamil.public_id}).status_code == 422, "once"
