"""Payroll's page and files: amounts only, typed cells, no formulas."""

import csv
import io

import pytest
from django.test import Client as Http
from django.urls import reverse
from python_calamine import CalamineWorkbook

from polecam.actions import bonuses
from polecam.imports.rejects import neutral
from polecam.insights.payroll import amounts
from polecam.kit.periods import month_of, previous_month
from polecam.store import clock
from polecam.store.tx import action
from tests.money.conftest import month  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def visit(person, address):
    http = Http()
    http.force_login(person)
    http.cookies["language"] = "pl"
    return http.get(address)


def flat(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_amounts_of_everyone(month, pawel, marta, kamil, at):  # noqa: F811
    found = amounts(pawel, month_of(at, "Europe/Warsaw"))
    assert [(row.last_name, row.view.accrued) for row in found.rows] == [
        ("Duda", 24_000),
        ("Zielinska", 71_000),
    ]
    assert found.total.view.accrued == found.total.view.closing == 95_000


def test_the_page(month, pawel):  # noqa: F811
    text = flat(visit(pawel, reverse("payroll:month")).content.decode())
    for words in ("Zielinska Marta", "710 zł", "950 zł", "Razem, brutto"):
        assert words in text, words
    assert "Lena" not in text


def test_an_empty_month(month, pawel, at):  # noqa: F811
    before = previous_month(month_of(at, "Europe/Warsaw"))
    text = flat(visit(pawel, reverse("payroll:month") + f"?m={before}").content.decode())
    assert "W tym miesiącu nic nie naliczono." in text


def test_others_stay_out(month, marta, tomek, ada, irena):  # noqa: F811
    for person in (marta, tomek, ada, irena):
        assert visit(person, reverse("payroll:month")).status_code == 403
        assert visit(person, reverse("payroll:export", args=["csv"])).status_code == 403


def test_csv(month, pawel, marta):  # noqa: F811
    type(marta).objects.filter(pk=marta.pk).update(last_name="=2+5")
    answer = visit(pawel, reverse("payroll:export", args=["csv"]))
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Nazwisko", "Imię", "Naliczone, brutto"]
    assert ["'=2+5", "Marta", "710.00", "0.00", "0.00", "710.00"] in rows
    assert rows[-1] == ["Razem", "", "950.00", "0.00", "0.00", "950.00"]


def test_xlsx_cells_are_typed(month, pawel, marta, at):  # noqa: F811
    type(marta).objects.filter(pk=marta.pk).update(last_name="=2+5")
    with clock.injected(), action():
        bonuses.void(source=month.sale, at=at)
    answer = visit(pawel, reverse("payroll:export", args=["xlsx"]))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert ["=2+5", "Marta", 710.0, -560.0, 0.0, 150.0] in rows
    assert rows[-1][:3] == ["Razem", "", 950.0]


def test_no_other_form(pawel, branch):
    assert visit(pawel, reverse("payroll:export", args=["pdf"])).status_code == 404


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("@cmd", "'@cmd"),
        ("-x", "'-x"),
        ("\tx", "'\tx"),
        ("+48501000000", "+48501000000"),
        ("-12.50", "-12.50"),
        ("Nowak-Bąk", "Nowak-Bąk"),
        ("", ""),
    ],
)
def test_formulas_are_neutralised(cell, written):
    assert neutral(cell) == written
