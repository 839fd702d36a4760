"""The own goal in money and what-if: a page of one's own, read by nobody else."""

import pytest
from django.db import connection
from django.test import Client as Http
from django.urls import reverse

from polecam.actions import goals
from polecam.asking.models import Ask
from polecam.effort.models import MoneyGoal
from polecam.insights.own_rates import asked
from polecam.insights.prospects import goal_of
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from tests.money.test_pages import text_of, visit

pytestmark = pytest.mark.django_db
WHATIF = "money:whatif"


def test_a_goal_is_kept_changed_and_forgotten(branch, marta, at):
    goals.set_money_goal(by=marta, at=at, amount_grosze=80_000)
    goals.set_money_goal(by=marta, at=at, amount_grosze=90_000)
    assert goal_of(marta) == 90_000
    goals.set_money_goal(by=marta, at=at, amount_grosze=None)
    assert goal_of(marta) == 0
    for odd in (99, 10_000_001):
        with pytest.raises(Refused, match="money_goal_out_of_range"):
            goals.set_money_goal(by=marta, at=at, amount_grosze=odd)


def test_nobody_else_reads_a_goal(branch, plan, marta, kamil, tomek, ada, pawel, irena, at):
    goals.set_money_goal(by=marta, at=at, amount_grosze=87_654)
    assert not Event.objects.filter(by_id=marta.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount_sealed FROM effort_moneygoal")
        assert "87654" not in cursor.fetchone()[0]
    assert "87 654" not in text_of(visit(marta, reverse(WHATIF)))  # it is in zł
    assert 'value="876,54"' in text_of(visit(marta, reverse(WHATIF)))
    for person in (kamil, tomek):
        assert goal_of(person) == 0
        assert "876,54" not in text_of(visit(person, reverse(WHATIF)))
    for person in (ada, pawel, irena):
        assert visit(person, reverse(WHATIF)).status_code == 403
    with pytest.raises(NotAllowed):
        goals.set_money_goal(by=pawel, at=at, amount_grosze=80_000)
    assert MoneyGoal.objects.count() == 1


def test_the_slider_works_by_its_address(branch, plan, marta):
    text = text_of(visit(marta, reverse(WHATIF) + "?n=6"))
    for words in (
        "A gdybym pytała częściej?",
        'value="6" id="id_n_4" checked',
        "zł / mies.",
        "w ośmiu miesiącach na dziesięć",
        "nie z obietnic",
        "Pierwsze pieniądze przychodzą zwykle po 5–7 tygodniach",
        "Klienci, którzy mówią „tak”",
    ):
        assert words in text, words
    assert text.count("whatif__out") == 6
    english = text_of(visit(marta, reverse(WHATIF) + "?n=nonsense", "en"))
    assert "What if I asked more often?" in english
    assert "in eight months of ten" in english


def test_the_goal_in_asks(branch, plan, marta):
    http = Http()
    http.force_login(marta)
    http.cookies["language"] = "pl"
    assert http.post(reverse("money:goal"), {"goal": "800"}).status_code == 303
    text = text_of(http.get(reverse(WHATIF)))
    assert "800 zł miesięcznie to około" in text
    assert "Uczciwie: od" in text
    assert http.post(reverse("money:goal"), {"goal": "999999"}).status_code == 422
    assert http.post(reverse("money:goal"), {"goal": ""}).status_code == 303
    assert goal_of(marta) == 0


def test_own_answers_alone_are_read(branch, anna, marta, kamil, at):
    for seller, outcome in (
        (marta, "names"),
        (marta, "declined"),
        (marta, "open"),
        (kamil, "names"),
    ):
        Ask.objects.create(client=anna, seller=seller, branch=branch, asked_at=at, outcome=outcome)
    found = asked(marta, at)
    assert (found.answers, found.yes, found.pace) == (2, 1, 3 / 8)


def test_without_a_plan(branch, marta):
    assert "gdy zacznie obowiązywać plan premii" in text_of(visit(marta, reverse(WHATIF)))


def test_a_fragment_of_my_money(branch, plan, marta, django_assert_max_num_queries):
    http = Http()
    http.force_login(marta)
    page = http.get(reverse(WHATIF))
    part = http.get(reverse(WHATIF), headers={"HX-Request": "true"})
    assert b"<html" in page.content
    assert b"<html" not in part.content
    with django_assert_max_num_queries(12):
        http.get(reverse(WHATIF))
