"""From a template to a plan everybody reads: approval by a second person, reading, covering."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from polecam.actions import plan_publishing
from polecam.bonuses.models import Acknowledgement, Assignment, PlanVersion
from tests.cast import person
from tests.plans_pages.support import begun, http, published

pytestmark = pytest.mark.django_db


def url(name, version, *more) -> str:
    return reverse(f"plans:{name}", args=[version.public_id, *more])


def plain(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize("source", ["bank", "insurance", "estate", "telco", "b2b", "empty"])
def test_a_draft_begins_from_a_template_or_empty(branch, tomek, source):
    boss = http(tomek)
    page = boss.get(reverse("plans:new"))
    assert "Agencja ubezpieczeń" in plain(page)
    key = f"branch-{branch.public_id}"
    answer = boss.post(reverse("plans:new"), {"plan": key, "source": source, "name": "Nasz"})
    draft = PlanVersion.objects.get(published_at=None)
    assert answer["Location"] == url("edit", draft)
    assert draft.plan.name == "Nasz"
    assert boss.get(answer["Location"]).status_code == 200


def test_the_firms_plan_is_the_admins(branch, plan, tomek, ada):
    assert plan.plan.public_id not in http(tomek).get(reverse("plans:new")).content.decode()
    admin = http(ada)
    answer = admin.post(
        reverse("plans:new"), {"plan": plan.plan.public_id, "source": "copy", "name": ""}
    )
    assert answer.status_code == 302
    assert "Plan 2026" in plain(admin.get(answer["Location"]))
    assert http(tomek).get(answer["Location"]).status_code == 404


def test_a_second_person_publishes_or_gives_back_with_a_reason(branch, tomek, pawel, ada, at):
    draft = begun(tomek, branch, at)
    boss, payroll = http(tomek), http(pawel)
    last = plain(boss.get(url("submit", draft)))
    assert "Pawel Lis" in last
    assert "Ada Maj" in last
    assert boss.post(url("submit", draft)).status_code == 302
    assert "Cofnij i pisz dalej" in plain(boss.get(url("approve", draft)))
    assert "Czeka na Twoje spojrzenie" in plain(payroll.get(reverse("plans:list")))
    empty = payroll.post(url("send_back", draft), {"reason": ""})
    assert empty.status_code == 422
    payroll.post(url("send_back", draft), {"reason": "Za wysoki procent"})
    assert "Za wysoki procent" in plain(boss.get(url("edit", draft)))
    boss.post(url("submit", draft))
    page = payroll.get(url("approve", draft))
    seen = re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1]
    answer = payroll.post(url("approve", draft), {"seen": seen})
    assert answer["Location"].endswith(f"?v={draft.public_id}")
    assert PlanVersion.objects.get(pk=draft.pk).published_by == pawel


def test_nobody_publishes_alone(branch, tomek, at):
    draft = begun(tomek, branch, at)
    plan_publishing.submit(by=tomek, at=at, version=draft)
    assert http(tomek).post(url("approve", draft)).status_code in (403, 422)
    assert PlanVersion.objects.get(pk=draft.pk).published_at is None


def test_a_plan_with_errors_is_not_submitted(branch, tomek, at):
    boss = http(tomek)
    key = f"branch-{branch.public_id}"
    boss.post(reverse("plans:new"), {"plan": key, "source": "empty", "name": "Pusty"})
    draft = PlanVersion.objects.get(published_at=None)
    assert "co najmniej jednej reguły" in plain(boss.get(url("submit", draft)))
    assert boss.post(url("submit", draft)).status_code == 422
    assert PlanVersion.objects.get(pk=draft.pk).submitted_at is None


def test_a_seller_reads_what_changes_and_says_so_once(branch, tomek, pawel, marta, kamil, at):
    first = published(tomek, pawel, branch, at)
    seller = http(marta)
    page = seller.get(url("read", first))
    assert "Przeczytałam" in plain(page)
    assert "Przeczytałem" in plain(http(kamil).get(url("read", first)))
    for _ in range(2):
        answer = seller.post(url("read", first))
        assert answer["Location"].endswith(first.public_id)
    assert Acknowledgement.objects.get().person == marta
    assert "Przeczytane" in plain(seller.get(url("read", first)))
    told = plain(http(tomek).get(url("readers", first)))
    assert "1 z 3" in told
    assert "Kamil Duda" in told
    assert http(marta).get(url("readers", first)).status_code == 403


def test_everybody_reads_the_formula_and_sees_it_computed(branch, tomek, pawel, marta, at):
    version = published(tomek, pawel, branch, at, template="b2b")
    page = plain(http(marta).get(reverse("money:plan"), {"v": version.public_id}))
    assert "Najwyżej 15 000 zł dla jednej osoby w miesiącu." in page.replace("\u202f", " ")
    assert "zaokrąglamy raz, do grosza" in page
    assert "to jedno daje" in page
    english = plain(http(marta, "en").get(reverse("money:plan"), {"v": version.public_id}))
    assert "this one brings" in english


def test_a_plan_is_assigned_renamed_and_ended(branch, plan, ada, marta, at):
    admin = http(ada)
    page = reverse("plans:covers", args=[plan.plan.public_id])
    day = (at + timedelta(days=3)).date().isoformat()
    typed = {"whom": marta.public_id, "since": day, "until": ""}
    assert admin.post(page, typed).status_code == 302
    one = Assignment.objects.get()
    assert "Marta Zielinska" in plain(admin.get(page))
    twice = admin.post(page, typed)
    assert twice.status_code == 422
    assert f'value="{day}"' in twice.content.decode()
    admin.post(reverse("plans:end", args=[one.public_id]))
    assert not Assignment.objects.filter(until=None).exists()
    admin.post(reverse("plans:rename", args=[plan.plan.public_id]), {"name": "Plan 2027"})
    assert "Plan 2027" in plain(admin.get(page))


def test_another_branch_sees_nothing_of_it(firm, branch, tomek, pawel, at):
    from polecam.organisation.models import Branch

    version = published(tomek, pawel, branch, at)
    other = Branch.objects.create(name="Krowodrza", created_at=at)
    boss = person(other, "manager", "Olga", "Bosak", "f", at=at)
    seller = person(other, "seller", "Igor", "Lis", "m", at=at)
    for name, who in (("readers", boss), ("approve", boss), ("read", seller)):
        assert http(who).get(url(name, version)).status_code == 404
    assert http(seller).get(reverse("money:plan"), {"v": version.public_id}).status_code == 404
