"""Sums: the score and its honest range, who answers, nothing about fewer than five people."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.insights import nps
from polecam.insights import surveys as sums
from polecam.organisation.models import Branch
from polecam.surveys.models import Survey
from tests.cast import ZONE, client

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
COUNTS = st.integers(0, 400)


def answered(branch, owner, scores, month: int, helped="") -> None:
    """Answers given on the tenth of a month of 2026; None: asked, not answered."""
    when = datetime(2026, month, 10, 12, tzinfo=UTC)
    for number, score in enumerate(scores):
        Survey.objects.create(
            client=client(branch, owner, f"K{month}", f"N{number}", at=when), owner=owner,
            branch=branch, way="link", made_at=when, expires_at=when + timedelta(days=21),
            score=score, answered_at=when if score is not None else None,
            helped=helped if score is not None else "",
        )  # fmt: skip


@given(COUNTS, COUNTS, COUNTS)
def test_the_score_lies_in_its_range_and_the_range_in_the_scale(glad, between, not_glad):
    if not glad + between + not_glad:
        return
    found = nps.score(glad, between, not_glad)
    assert -100 <= found.low <= found.value <= found.high <= 100
    assert math.isclose(found.value, 100 * (glad - not_glad) / (glad + between + not_glad))
    turned = nps.score(not_glad, between, glad)
    assert math.isclose(turned.low, -found.high, abs_tol=1e-9)


def test_the_range_is_the_published_one():
    """The worked example of Rocks' AW(3, T): 60, 25, 15 of 100, 90%."""
    cases, plus, minus = 103, 60.75 / 103, 15.75 / 103
    half = 1.644854 * math.sqrt((plus + minus - (plus - minus) ** 2) / cases)
    found = nps.score(60, 25, 15, 1.644854)
    assert math.isclose(found.low, 100 * (plus - minus - half))
    assert math.isclose(found.high, 100 * (plus - minus + half))
    assert nps.score(5, 0, 0).width > 0, "five alike are not certain"
    with pytest.raises(ValueError, match="no answer"):
        nps.score(0, 0, 0)


def test_the_range_holds_eight_of_ten():
    """Simulated: of samples of thirty from known shares, about eight in ten hold the true score."""
    from random import Random

    dice, held, true = Random(7), 0, 100 * (0.55 - 0.15)
    for _sample in range(2_000):
        drawn = dice.choices((1, 0, -1), (0.55, 0.3, 0.15), k=30)
        found = nps.score(drawn.count(1), drawn.count(0), drawn.count(-1))
        held += found.low <= true <= found.high
    assert 0.76 <= held / 2_000 <= 0.86


def of(branch, count=3):
    return sums.of_branches([branch.pk], at=NOW, zone=ZONE, count=count)


def test_a_month_of_four_shows_nothing_and_is_in_no_sum(branch, marta):
    answered(branch, marta, [10, 9, 9, 0], 10, helped="clear")
    told = of(branch)
    assert (told.score, told.answers, told.months, told.helped) == (None, 0, (), ())
    assert told.left_out == 1
    answered(branch, marta, [10, 9, 8, 7, 3, None, None], 9, helped="clear")
    told = of(branch)
    assert (told.months, told.answers, told.groups) == (("2026-09",), 5, (2, 2, 1))
    assert told.score.value == 20
    assert (told.asked, round(told.response.value, 3)) == (11, 0.818)
    assert told.response.low < 9 / 11 < told.response.high


def test_no_difference_of_two_sums_is_about_fewer_than_five(branch, marta):
    for month, scores in ((8, [10] * 6), (9, [9] * 4), (10, [0] * 5)):
        answered(branch, marta, scores, month)
    sizes = [of(branch, count).answers for count in (1, 3, 12)]
    assert sizes == [5, 11, 11]
    assert all(b - a == 0 or b - a >= 5 for a in sizes for b in sizes if b >= a)


def test_the_running_month_counts_but_does_not_tell(branch, marta):
    answered(branch, marta, [10] * 9, 11)
    told = of(branch)
    assert (told.score, told.waiting) == (None, 9)


def test_a_branch_is_a_branch(branch, marta, firm):
    other = Branch.objects.create(name="Krowodrza", created_at=NOW)
    answered(branch, marta, [10] * 5, 10)
    answered(other, marta, [0] * 5, 10)
    assert (of(branch).score.value, of(other).score.value) == (100, -100)
    both = sums.of_branches([branch.pk, other.pk], at=NOW, zone=ZONE, count=1)
    assert (both.answers, both.score.value) == (10, 0)


def test_a_small_branch_is_not_what_all_of_them_have_more_than_the_large_one(branch, marta, firm):
    other = Branch.objects.create(name="Krowodrza", created_at=NOW)
    answered(branch, marta, [10] * 6, 10, helped="quick")
    answered(other, marta, [0] * 2, 10, helped="clear")
    both = sums.of_branches([branch.pk, other.pk], at=NOW, zone=ZONE, count=3)
    assert (both.answers, both.score.value, both.left_out) == (6, 100, 1)
    assert both.helped == (("quick", 6),)


def test_months_of_few_answers_count_for_who_answers(branch, marta):
    """Else the rate would leave out just those months in which nobody felt like answering."""
    answered(branch, marta, [10] * 5, 10)
    answered(branch, marta, [10, *[None] * 14], 9)
    told = of(branch)
    assert (told.months, told.answers) == (("2026-10",), 5)
    assert (told.asked, told.response.value) == (20, 0.3)


def test_what_helped_needs_five_who_said(branch, marta):
    answered(branch, marta, [10] * 4, 10, helped="quick")
    answered(branch, marta, [8, 8], 10)
    assert of(branch).helped == ()
    answered(branch, marta, [10], 10, helped="clear")
    assert of(branch).helped == (("quick", 4), ("clear", 1))


def test_an_answer_at_midnight_belongs_to_the_firms_month(branch, marta):
    when = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)  # October in Warsaw
    answered(branch, marta, [10] * 5, 10)
    Survey.objects.update(answered_at=when)
    assert of(branch, 1).answers == 5
