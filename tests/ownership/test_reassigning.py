"""Another adviser: first what it changes; authorship, shares and claims stay as they were."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from polecam.actions import clients
from polecam.asking.models import Ask, FollowUp
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.kit.errors import Refused
from polecam.organisation.models import Setting
from tests.cast import person
from tests.portfolio.support import picture
from tests.referrals.growing import captured, consented

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def boss(tomek) -> Browser:
    browser = Browser()
    browser.force_login(tomek)
    return browser


def address(client: Client) -> str:
    return reverse("clients:assign", args=[client.public_id])


def test_only_who_asks_changes(boss, branch, anna, marta, kamil, plan, at):
    consented(anna, at=at - 9 * DAY, plan=plan.pk)
    captured(anna, at=at, first="Ewa")
    before = picture(branch)
    shown = boss.get(address(anna), {"owner": kamil.public_id})
    assert shown.status_code == 200
    assert picture(branch) == before, "looking changes nothing"
    assert "Kamil Duda" in shown.content.decode()
    assert boss.post(address(anna), {"owner": kamil.public_id}).status_code == 303
    after = picture(branch)
    assert after.pop("owners") == {anna.pk: kamil.pk}
    assert before.pop("owners") == {anna.pk: marta.pk}
    assert after == before, "authors, shares, floors, claims, states: identical"
    event = Event.objects.get(kind="client.assigned")
    assert event.data == {"owner": kamil.public_id, "before": marta.public_id}
    boss.post(address(anna), {"owner": marta.public_id})
    anna.refresh_from_db()
    assert anna.owner == marta, "undone by giving back"
    assert Event.objects.filter(kind="client.assigned").count() == 2


def test_the_page_tells_no_answer_and_names_only_what_the_boss_oversees(
    boss, anna, marta, kamil, at
):
    consented(anna, at=at - 9 * DAY, first="Bartosz")
    captured(anna, at=at, first="Genowefa")
    text = boss.get(address(anna), {"owner": kamil.public_id}).content.decode()
    assert "Bartosz" not in text
    assert "Genowefa" not in text
    Setting.objects.create(
        key="monitoring_notice",
        value=(at - 60 * DAY).date().isoformat(),
        valid_from=at - 60 * DAY,
        set_at=at,
    )
    marta.notice_acknowledged_at = at - 50 * DAY
    marta.save()
    text = boss.get(address(anna), {"owner": kamil.public_id}).content.decode()
    assert "Bartosz" in text
    assert "Genowefa" not in text, "before the friend's yes it would tell what Anna answered"


def test_the_day_a_client_named_holds_for_the_next_adviser(anna, marta, kamil, tomek, branch, at):
    ask = Ask.objects.create(
        client=anna, seller=marta, branch=branch, asked_at=at - DAY, outcome="later"
    )
    FollowUp.objects.create(ask=ask, due_on=(at + 200 * DAY).date())
    clients.assign(by=tomek, at=at, client=anna, owner=kamil)
    anna.refresh_from_db()
    assert anna.resting_until == (at + 200 * DAY).date()
    told = Event.objects.get(kind="client.resting")
    assert set(told.data) == {"until", "before"}, "a day, never the answer"


def test_never_to_somebody_who_does_not_ask_here(boss, anna, ada, marta, firm, at):
    from polecam.organisation.models import Branch

    elsewhere = Branch.objects.create(name="Krowodrza", created_at=at - 300 * DAY)
    stranger = person(elsewhere, "seller", "Jan", "Obcy", "m", at=at)
    for wrong in (ada, stranger):
        assert boss.post(address(anna), {"owner": wrong.public_id}).status_code == 409
    assert boss.get(address(anna), {"owner": "nobody"}).status_code == 409
    anna.refresh_from_db()
    assert anna.owner == marta
    with pytest.raises(Refused, match="owner_unfit"):
        clients.assign(by=None, at=at, client=anna, owner=stranger)
