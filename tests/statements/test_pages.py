"""Statements: who reads them, what they say, on paper and as a spreadsheet, and by mail."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client as Http
from django.urls import reverse

from polecam.actions import closing
from polecam.actions.statement_mail import tell_of_statement
from polecam.bonuses.models import Line, Statement
from polecam.insights.my_statements import my_statement, my_statements
from polecam.journal.models import Event
from polecam.messages.models import Message
from polecam.web.pages.statements import paper, sheet
from polecam.web.ui.waits import statements as waits
from tests.closing.support import START, day, sold, vest
from tests.statements.conftest import SECOND, THIRD

pytestmark = pytest.mark.django_db


def visit(person, address, language="pl"):
    http = Http()
    http.force_login(person)
    http.cookies["language"] = language
    return http.get(address)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def one(month: str) -> str:
    return reverse("statements:one", args=[month])


def test_the_list_by_month(months, marta):
    text = text_of(visit(marta, reverse("statements:mine")))
    for words in ("Twoje rozliczenia", "marzec 2025", "kwiecień 2025", "wypłacone"):
        assert words in text, words
    text = text_of(visit(marta, reverse("statements:mine"), "en"))
    assert "Your statements" in text
    assert "April 2025" in text


def test_a_month_from_opening_to_closing(months, marta):
    text = text_of(visit(marta, one(START)))
    for words in (
        "Rozliczenie za marzec 2025",
        "Premia, część wynagrodzenia za pracę, brutto",
        "Reguła 3: potwierdzona sprzedaż",
        "2 pozycje",
        "za ten miesiąc nic nie jest do wypłaty",
        "1 105 <small>zł",
        "Odcisk liczb",
    ):
        assert words in text, words
    line = Line.objects.filter(person=marta).first()
    assert reverse("money:line", args=[line.public_id]) in text
    assert reverse("disputes:raise", args=["line", line.public_id]) in text


def test_what_vested_moves_and_is_paid(months, marta):
    text = text_of(visit(marta, one(SECOND), "en"))
    for words in (
        "Hold is over: now payable",
        "1 105 zł moved, the sum stays",
        "2 amounts whose hold is over",
        "Paid for this month, gross",
        "Paid 10",
    ):
        assert words in text, words
    third = text_of(visit(marta, one(THIRD)))
    assert "Policzone właśnie teraz" in third
    assert "Wypłacone" in third or "Wypłacono" in third or "Paid out" not in third
    assert one(SECOND) in third


def test_only_its_own_seller(months, marta, kamil, tomek, ada, pawel, irena):
    assert visit(kamil, one(START)).status_code == 200
    assert "240 <small>" in text_of(visit(kamil, one(START)))
    assert "1 105" not in text_of(visit(kamil, one(START)))
    assert visit(tomek, one(START)).status_code == 404
    for person in (ada, pawel, irena):
        for name in ("one", "pdf", "xlsx"):
            assert visit(person, reverse(f"statements:{name}", args=[START])).status_code == 403


def test_odd_months(months, marta):
    for odd in ("2999-01", "x", "2026-13", "2019-01"):
        assert visit(marta, one(odd)).status_code == 404


def test_on_paper_in_both_languages(months, marta):
    for language, words in (("pl", "Rozliczenie za marzec 2025"), ("en", "Statement for March")):
        answer = visit(marta, reverse("statements:pdf", args=[START]), language)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content[:5] == b"%PDF-"
        assert len(answer.content) > 5_000
        found = my_statement(marta, START, at=day(SECOND, 20))
        from django.utils import translation

        with translation.override(language):
            said = paper.said(found, marta)
        assert said["title"].replace("\u00a0", " ").startswith(words)
        assert said["closing"][1] == "1\u202f105\u202fzł"
        details = said["groups"][0]["details"]
        assert [row[2] for row in details] == ["545\u202fzł", "560\u202fzł"]
        assert said["foot"].endswith(
            Statement.objects.get(person=marta, payroll_month__month=START).digest
        )


def test_typed_cells(months, marta):
    answer = visit(marta, reverse("statements:xlsx", args=[START]))
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    cells = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in cells
    assert "<v>545</v>" in cells
    assert "<v>1105</v>" in cells


def test_the_column_sums_from_opening_to_closing(months, marta):
    for month in (START, SECOND, THIRD):
        found = my_statement(marta, month, at=day(THIRD, 20))
        opening, *moves, closed, _paid = sheet.rows(found)
        assert opening[3] + sum(row[3] for row in moves) == closed[3], month


def test_queries(months, marta, django_assert_max_num_queries):
    http = Http()
    http.force_login(marta)
    http.get(one(START))
    with django_assert_max_num_queries(12):
        http.get(one(START))
    with django_assert_max_num_queries(12):
        http.get(reverse("statements:mine"))


def test_a_mail_and_a_place_on_today(lived_through, anna, marta, plan, pawel):
    sold(anna, marta, plan, day(START, 5))
    at = day(SECOND, 2)
    closing.publish(by=pawel, at=at, month=START)
    cache.clear()
    event = Event.objects.get(kind="statement.published")
    tell_of_statement(event=event, at=at)
    tell_of_statement(event=event, at=at)
    assert len(mail.outbox) == 1
    letter = mail.outbox[0]
    assert letter.to == [marta.email]
    assert letter.subject == "Twoje rozliczenie jest gotowe"
    assert f"/statements/{START}/" in letter.body
    assert not any(sign in letter.body for sign in ("zł", "545", "Lena", "Anna"))
    assert Message.objects.get(kind="statement").person == marta
    assert [wait.url for wait in waits.waits(marta, at)] == [one(START)]
    assert "do sprawdzenia" in text_of(visit(marta, one(START)))
    assert waits.waits(pawel, at + timedelta(days=1)) == []


def test_drafts_follow_the_stored_ones(months, marta, anna, plan):
    sold(anna, marta, plan, day(THIRD, 20))
    vest(THIRD)
    states = {entry.month: entry.state for entry in my_statements(marta, THIRD)}
    assert states == {START: "paid", SECOND: "paid", THIRD: "draft"}
