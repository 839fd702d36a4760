"""Two at once: one plan for a moment, one next version of a sentence."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from polecam.actions import house_words, if_then, own_words
from polecam.actions.words_checks import Place, Said
from polecam.asking import plans
from polecam.asking.models import Script
from tests.words.support import house

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 4


def at_once(deed):
    """`deed(n)` in several threads; an error in one fails the test."""

    def one(number):
        try:
            return deed(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as threads:
        return list(threads.map(one, range(TOGETHER)))


def test_plans_for_one_moment_take_each_others_place(marta, at):
    at_once(lambda n: if_then.plan(by=marta, at=at, kind="keys", then=f"Plan {n}"))
    assert plans.of(marta).count() == 1


def own(marta, at, text="Moje zdanie", **more):
    return own_words.write(
        by=marta, at=at, kind="keys", language="pl", text=text, exit_line="Nie trzeba", **more
    )


def test_own_words_sent_twice_are_one_sentence(marta, at):
    assert len({script.pk for script in at_once(lambda _n: own(marta, at))}) == 1
    first = Script.objects.get(seller=marta)
    at_once(lambda _n: own(marta, at, "Inne zdanie", replaces=first))
    rows = Script.objects.filter(seller=marta).order_by("version")
    assert [(row.version, row.retired_at is None) for row in rows] == [(1, False), (2, True)]


def test_two_tabs_change_one_sentence_one_after_the_other(marta, at):
    first = own(marta, at)
    at_once(lambda n: own(marta, at, f"Zdanie {n}", replaces=first))
    rows = Script.objects.filter(seller=marta, code=first.code).order_by("version")
    assert [row.version for row in rows] == list(range(1, TOGETHER + 2))
    assert [row.version for row in rows if row.retired_at is None] == [TOGETHER + 1]


def test_every_change_of_a_sentence_is_a_version_of_its_own(ada, at):
    house(at, "keys-a", moment_kind="keys")

    def change(number):
        said = {code: Said(f"Zdanie {number}", "Można odmówić.") for code in ("pl", "en")}
        house_words.write(by=ada, at=at, place=Place("keys"), texts=said, code="keys-a")

    at_once(change)
    rows = Script.objects.filter(code="keys-a", language="pl").order_by("version")
    assert [row.version for row in rows] == list(range(1, TOGETHER + 2))
    assert [row.version for row in rows if row.retired_at is None] == [TOGETHER + 1]
