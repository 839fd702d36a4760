"""The card beside the editor, the page, the files: who sees them, what they say, how they ask."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client as Http
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from polecam.bonuses.models import Component, PlanVersion
from polecam.kit.periods import month_of
from polecam.organisation.models import Branch
from polecam.people.models import Role
from tests import cast

pytestmark = pytest.mark.django_db
AS_IT_WAS = "asks=100&consents=100&meetings=100&sales=100"


def visit(person, version, query="", name="show", language="pl", **more):
    http = Http()
    http.force_login(person)
    http.cookies["language"] = language
    return http.get(reverse(f"simulation:{name}", args=[version.public_id, *more.values()]) + query)


def said(response) -> str:
    text = response.content.decode()
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def counted(at, **changes: str) -> str:
    chosen = {"period": month_of(at, cast.ZONE), "count": "1"} | dict(
        pair.split("=") for pair in AS_IT_WAS.split("&")
    )
    return "?" + "&".join(f"{name}={value}" for name, value in (chosen | changes).items())


def test_sellers_and_the_data_protection_officer_stay_out(draft, marta, irena):
    for person in (marta, irena):
        for name, more in (("show", {}), ("card", {}), ("export", {"form": "csv"})):
            assert visit(person, draft, name=name, **more).status_code == 403


def test_the_page_says_what_it_would_cost_and_who_gains(month, draft, tomek, ada, pawel, at):
    """Margin of 6 400.03 zl: 896 zl instead of 800, shared 70 / 30."""
    for person in (tomek, ada, pawel):
        text = said(visit(person, draft, counted(at)))
        for words in (
            "1 046 zł",
            "+96 zł",
            "wobec 950 zł wtedy",
            "+10%",
            "Nikt nie traci.",
            "Najmniej zyskuje Kamil: 28,80 zł.",
            "3 zgody, 3 spotkania i 1 sprzedaż",
            "Nie zakładamy, że ludzie zaczną pytać częściej.",
            "2 dni przed startem",
            "brutto",
        ):
            assert words in text, words
        assert "Lena" not in text


def test_the_card_says_the_same_in_short(month, draft, tomek):
    text = said(visit(tomek, draft, name="card"))
    for words in ("Gdyby wersja 2 już działała", "1 046 zł", "Kto zyskuje", "Marta", "+67,20 zł"):
        assert words in text, words
    assert "<html" not in text


def test_before_it_is_asked_for_the_page_fetches_it_itself(month, draft, tomek):
    text = said(visit(tomek, draft))
    assert "skeleton" in text
    assert "hx-trigger=" in text
    assert "Policz" in text
    assert "1 046 zł" not in text
    asked = said(visit(tomek, draft, "?period=2026-Q3&" + AS_IT_WAS))
    assert "skeleton" in asked
    assert "period=2026-Q3&amp;asks=100" in asked
    assert "&amp;count=1" in asked


@pytest.mark.parametrize("wrong", ["-1", "10000", "", "dużo", "99.5"])
def test_what_cannot_be_counted_with_is_said_and_kept(month, draft, tomek, at, wrong):
    text = said(visit(tomek, draft, counted(at, asks=wrong, sales="120")))
    assert "Liczba całkowita od 0 do 500; 100 znaczy: tak jak było." in text
    assert 'value="120"' in text
    assert not wrong or f'value="{wrong}"' in text
    assert "Kto zyskuje" not in text
    english = said(visit(tomek, draft, counted(at, asks=wrong), language="en"))
    assert "A whole number from 0 to 500; 100 means as it was." in english


def test_a_period_of_ones_own(month, draft, tomek, at):
    now = month_of(at, cast.ZONE)
    turned = counted(at, period="own", since=now, until="2025-01")
    assert "Ostatni miesiąc jest wcześniejszy niż pierwszy." in said(visit(tomek, draft, turned))
    own = counted(at, period="own", since="2026-01", until=now)
    assert "1 046 zł" in said(visit(tomek, draft, own))
    assert "Wybierz okres z listy." in said(visit(tomek, draft, counted(at, period="lato")))


def test_what_if_says_how_it_is_scaled(month, draft, tomek, at):
    text = said(visit(tomek, draft, counted(at, asks="200")))
    assert "2 092 zł" in text
    assert "prośby 200%" in text
    assert "zwróci" not in text
    assert "6 zgód, 6 spotkań i 2 sprzedaże zamiast 3 zgody" in text


def test_nothing_happened(draft, tomek, at):
    text = said(visit(tomek, draft, counted(at, period="2025-03")))
    assert "W tym okresie nic nie zaliczono: marzec 2025." in text
    assert "nic nie zaliczono" in said(visit(tomek, draft, name="card"))


def test_a_draft_with_errors_is_mended_first(month, draft, tomek, at):
    Component.objects.create(version=draft, position=4, fact_kind="sale", shape="whole")
    for text in (
        said(visit(tomek, draft, counted(at))),
        said(visit(tomek, draft, name="card")),
    ):
        assert "Tego szkicu nie da się jeszcze policzyć" in text
        assert reverse("plans:edit", args=[draft.public_id]) in text
        assert "1 046 zł" not in text


def test_a_boss_sees_only_their_own_branch(month, draft, at):
    other = Branch.objects.create(name="Krowodrza", city="Kraków", created_at=at)
    boss = cast.person(other, Role.MANAGER, "Beata", "Kos", "f", at=at)
    text = said(visit(boss, draft, counted(at)))
    assert "nic nie zaliczono" in text
    assert "Marta" not in text


def test_who_has_two_branches_chooses_between_them(month, draft, ada, branch, at):
    from polecam.people.models import Membership

    other = Branch.objects.create(name="Krowodrza", city="Kraków", created_at=at)
    Membership.objects.create(person=ada, branch=other, role=Role.ADMIN, since=at)
    assert "1 046 zł" in said(visit(ada, draft, counted(at)))
    assert "1 046 zł" in said(visit(ada, draft, counted(at, branch=branch.public_id)))
    assert "nic nie zaliczono" in said(visit(ada, draft, counted(at, branch=other.public_id)))
    assert "Wybierz oddział z listy." in said(visit(ada, draft, counted(at, branch="obcy")))


def test_a_plan_of_another_branch_is_not_found(plan, tomek, at):
    other = Branch.objects.create(name="Krowodrza", city="Kraków", created_at=at)
    from polecam.bonuses.models import Plan

    theirs = PlanVersion.objects.create(
        plan=Plan.objects.create(name="Ich", branch=other, created_at=at),
        number=1,
        valid_from=at,
        hold_days=0,
        clawback_days=0,
    )
    assert visit(tomek, theirs, counted(at)).status_code == 404


def test_files_hold_amounts_and_no_formula(month, draft, kamil, tomek, at):
    kamil.last_name = "=HYPERLINK(1)"
    kamil.first_name = ""
    kamil.save()
    answer = visit(tomek, draft, counted(at), name="export", form="csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert ["Razem", "950.00", "1046.00", "96.00"] in rows
    assert not [cell for row in rows for cell in row if cell[:1] in "=+@" and cell]
    answer = visit(tomek, draft, counted(at), name="export", form="xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["Osoby", "Miesiące", "Reguły"]
    assert ["Razem", 950.0, 1046.0, 96.0] in book.get_sheet_by_index(0).to_python()
    assert visit(tomek, draft, "", name="export", form="csv").status_code == 200
    assert visit(tomek, draft, counted(at, asks="-1"), name="export", form="csv").status_code == 404
    assert visit(tomek, draft, counted(at), name="export", form="pdf").status_code == 404


def test_it_asks_the_database_little(month, draft, tomek, at):
    http = Http()
    http.force_login(tomek)
    address = reverse("simulation:show", args=[draft.public_id]) + counted(at)
    http.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert http.get(address).status_code == 200
    sql = [row["sql"] for row in asked if not row["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(sql) <= 12, "\n".join(sql)
