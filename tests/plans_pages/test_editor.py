"""The editor: sentences with slots, saved as typed; what is wrong stands at its slot."""

import re

import pytest
from django.urls import reverse

from polecam.bonuses.models import PlanVersion
from polecam.bonuses.planning.queries import draft_of
from tests.plans_pages.support import begun, fields, http, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(branch, tomek, at) -> PlanVersion:
    return begun(tomek, branch, at)


def url(name, version, *more) -> str:
    return reverse(f"plans:{name}", args=[version.public_id, *more])


def plain(answer) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)


def test_a_draft_is_read_as_sentences_and_saved_unchanged(draft, tomek):
    boss = http(tomek)
    page = boss.get(url("edit", draft))
    assert "Za potwierdzoną sprzedaż z polecenia płacimy" in plain(page)
    assert 'value="12,5"' in page.content.decode()
    before = draft_of(draft)
    assert boss.post(url("edit", draft), fields(page)).status_code == 302
    assert draft_of(PlanVersion.objects.get(pk=draft.pk)) == before


@pytest.mark.parametrize("template", ["insurance", "estate", "telco", "b2b"])
def test_every_template_survives_the_form(branch, tomek, at, template):
    draft = begun(tomek, branch, at, template)
    boss = http(tomek)
    answer = boss.post(url("edit", draft), fields(boss.get(url("edit", draft))))
    assert answer.status_code == 302, plain(answer)
    kept = PlanVersion.objects.get(pk=draft.pk)
    assert draft_of(kept) == draft_of(draft)


def test_what_was_typed_stays_and_says_what_to_do(draft, tomek):
    boss = http(tomek)
    typed = fields(boss.get(url("edit", draft)))
    typed |= {"components-3-rate_bp": "1000", "components-2-amount_grosze": "czterdzieści"}
    answer = boss.post(url("edit", draft), typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="1000"' in text
    assert 'value="czterdzieści"' in text
    assert "Wpisz kwotę, na przykład 40 albo 12,50." in plain(answer)
    assert "Wpisz procent od 0 do 100." in plain(answer)
    assert 'aria-describedby="components-3-rate_bp-error"' in text
    assert draft_of(draft).components[2].rate_bp == 1_250


def test_rules_come_go_and_move_without_being_saved(draft, tomek):
    boss = http(tomek)
    typed = fields(boss.get(url("edit", draft))) | {"components-1-amount_grosze": "pięć"}
    more = boss.post(url("add", draft, "reference"), typed)
    assert "jeszcze niezapisane" in plain(more)
    assert 'value="pięć"' in more.content.decode()
    assert fields(more)["components-5-fact_kind"] == "reference"
    moved = fields(boss.post(url("up", draft, 5), fields(more)))
    assert moved["components-4-fact_kind"] == "reference"
    fewer = fields(boss.post(url("drop", draft, 1), moved))
    assert fewer["components-1-fact_kind"] == "meeting"
    assert boss.post(url("drop", draft, 9), moved).status_code == 404
    assert len(draft_of(draft).components) == 4


def test_a_table_overlap_is_kept_as_draft_and_told_at_its_row(draft, tomek):
    boss = http(tomek)
    typed = fields(boss.get(url("edit", draft))) | {"components-2-shape": "marginal"}
    shown = fields(boss.post(url("table", draft, 2), typed))
    assert shown["components-2-bands-2-lower"] == "6"
    shown |= {"components-2-bands-2-lower": "4", "components-2-bands-2-pay": "60"}
    answer = boss.post(url("edit", draft), shown)
    assert answer.status_code == 302
    page = boss.get(url("edit", draft))
    assert "4–5 jest w obu" in plain(page)
    assert "1 rzecz do poprawienia" in plain(page)
    longer = fields(boss.post(url("add_row", draft, 2), shown))
    assert "components-2-bands-3-lower" in longer
    shorter = fields(boss.post(url("drop_row", draft, 2, 3), longer))
    assert "components-2-bands-3-lower" not in shorter


def test_what_changed_says_what_it_was_and_can_be_undone(branch, tomek, pawel, at):
    first = published(tomek, pawel, branch, at)
    boss = http(tomek)
    begin = boss.post(
        reverse("plans:new"), {"plan": first.plan.public_id, "source": "copy", "name": ""}
    )
    assert begin.status_code == 302
    draft = PlanVersion.objects.get(plan=first.plan, published_at=None)
    typed = fields(boss.get(url("edit", draft))) | {"components-3-rate_bp": "14"}
    typed |= {"valid_from": "2030-01-01"}
    assert boss.post(url("edit", draft), typed).status_code == 302
    page = boss.get(url("edit", draft))
    assert "było 12,5%" in plain(page)
    assert "1 zmiana" in plain(page)
    undone = boss.post(url("undo", draft, 3), fields(page))
    assert 'value="12,5"' in undone.content.decode()
    gone = boss.post(url("drop", draft, 1), fields(page))
    assert "przywróć" in plain(gone)
    back = fields(boss.post(url("put_back", draft, 1), fields(gone)))
    assert back["components-4-fact_kind"] == "consent"
    compared = plain(boss.get(url("compare", draft, first.public_id)))
    assert "Reguła 3 się zmienia" in compared
    assert "12,5%" in compared


def test_somebody_else_saved_meanwhile(draft, tomek):
    boss = http(tomek)
    typed = fields(boss.get(url("edit", draft))) | {"components-1-amount_grosze": "11"}
    assert boss.post(url("edit", draft), typed).status_code == 302
    late = boss.post(url("edit", draft), typed | {"components-1-amount_grosze": "12"})
    assert late.status_code == 422
    assert 'value="12"' in late.content.decode()


def test_a_draft_is_let_go_after_one_question(draft, tomek):
    boss = http(tomek)
    assert "Usunąć ten szkic?" in plain(boss.get(url("discard", draft)))
    boss.post(url("discard", draft))
    assert not PlanVersion.objects.filter(pk=draft.pk).exists()


def test_sellers_and_strangers_never_see_a_draft(draft, marta, pawel):
    assert http(marta).get(url("edit", draft)).status_code == 403
    assert http(marta).get(reverse("money:plan"), {"v": draft.public_id}).status_code == 404
    assert http(pawel).get(url("edit", draft)).status_code == 403
