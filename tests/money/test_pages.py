"""My money, one line, the plan: what they say and to whom."""

from datetime import timedelta

import pytest
from django.test import Client as Http
from django.urls import reverse

from polecam.actions import bonuses
from polecam.bonuses.models import Line
from polecam.store import clock
from polecam.store.tx import action

pytestmark = pytest.mark.django_db


def visit(person, address, language="pl"):
    http = Http()
    http.force_login(person)
    http.cookies["language"] = language
    return http.get(address)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def test_my_money(month, marta):
    text = text_of(visit(marta, reverse("money:mine")))
    for words in (
        "Twoja premia",
        "710 <small>",
        "Sprzedaż – Lena",
        "Twój udział 70%",
        "3 spotkania",
        "po 40 zł każde",
        "3 zgody",
        "brutto",
        "plan premii, wersja 1",
        "≈ 690 zł",
        "zaokrąglone z 800,00375 zł",
    ):
        assert words in text, words


def test_in_english(month, marta):
    text = text_of(visit(marta, reverse("money:mine"), "en"))
    assert "Your bonus" in text
    assert "3 meetings" in text
    assert "rounded from 800.00375 zł" in text


def test_a_deep_link_to_another_month(month, marta):
    text = text_of(visit(marta, reverse("money:mine") + "?m=2020-01"))
    assert "styczeń 2020" in text
    assert "W tym miesiącu nic nie naliczono." in text
    for odd in ("2999-01", "x", "2026-13"):
        assert "Prawdopodobne" in text_of(visit(marta, reverse("money:mine") + f"?m={odd}"))


def test_empty(branch, marta):
    assert "Tu pojawi się Twoja pierwsza premia." in text_of(visit(marta, reverse("money:mine")))


def test_one_line_down_to_the_journal(month, marta):
    line = Line.objects.get(person=marta, fact__kind="sale")
    text = text_of(visit(marta, reverse("money:line", args=[line.public_id])))
    for words in (
        "Skąd te 560 zł",
        "6 400,03 zł",
        "× 12,5% = 800 zł",
        "× 70% = 560 zł",
        "Sprzedaż została zaliczona: 560 zł brutto dla Ciebie.",
        "№",
        "do wypłaty od",
    ):
        assert words in text, words


def test_nobody_elses_line(month, marta, kamil, tomek, pawel):
    line = Line.objects.filter(person=marta).first()
    for person, status in ((kamil, 404), (tomek, 404), (pawel, 403)):
        assert visit(person, reverse("money:line", args=[line.public_id])).status_code == status


def test_what_was_taken_back_says_so(month, marta, at):
    with clock.injected(), action():
        bonuses.void(source=month.sale, at=at)
    text = text_of(visit(marta, reverse("money:mine")))
    assert "Cofnięte: Sprzedaż – Lena" in text
    assert "−560" in text
    assert "150 <small>" in text


def test_the_plan_in_sentences(plan, marta, pawel, ada):
    for person in (marta, pawel, ada):
        text = text_of(visit(person, reverse("money:plan")))
        for words in (
            "Za potwierdzoną zgodę poleconej osoby płacimy 10 zł.",
            "Za pierwsze potwierdzone spotkanie z poleconą osobą płacimy 40 zł.",
            "płacimy 12,5% marży oddziału.",
            "Kwota czeka 30 dni",
            "Przez 90 dni",
            "381,53 zł + 163,51 zł",
            "obowiązuje",
        ):
            assert words in text, words


def test_versions_of_the_plan(plan, marta, at):
    later = bonuses.publish_plan(
        by=None, at=at, name="Plan", valid_from=at + timedelta(days=40), hold_days=14
    )
    # The cast's plan is the firm's own, so this is its second version.
    text = text_of(visit(marta, reverse("money:plan") + f"?v={later.public_id}"))
    assert "Kwota czeka 14 dni" in text
    assert "zapowiedziana" in text
    assert visit(marta, reverse("money:plan") + "?v=nonsense").status_code == 404


def test_no_plan(branch, marta):
    assert "Nie ma jeszcze ogłoszonego planu" in text_of(visit(marta, reverse("money:plan")))


def test_query_counts(month, marta, django_assert_max_num_queries):
    http = Http()
    http.force_login(marta)
    http.get(reverse("money:mine"))
    with django_assert_max_num_queries(13):  # once a minute one more: whether anything waits
        http.get(reverse("money:mine"))
    line = Line.objects.filter(person=marta).first()
    with django_assert_max_num_queries(12):
        http.get(reverse("money:line", args=[line.public_id]))
    with django_assert_max_num_queries(12):
        http.get(reverse("money:plan"))
