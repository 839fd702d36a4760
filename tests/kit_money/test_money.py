"""Rounding and division of amounts (invariant 5), against exact fractions."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.kit.money import WHOLE_BP, allocate, half_up, part_of, share_of

amounts = st.integers(-(10**12), 10**12)
weights = st.dictionaries(st.integers(1, 10**6), st.integers(0, WHOLE_BP), min_size=1, max_size=8)
positive = weights.filter(lambda found: sum(found.values()) > 0)


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6))
def test_half_up_is_the_decimal_one(numerator, denominator):
    exact = Decimal(numerator) / Decimal(denominator)
    assert half_up(numerator, denominator) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@given(amounts, st.integers(1, 10**6))
def test_half_up_is_symmetric(numerator, denominator):
    assert half_up(-numerator, denominator) == -half_up(numerator, denominator)


@pytest.mark.parametrize(("margin", "bonus"), [(436_000, 54_500), (1, 0), (4, 1), (12, 2), (0, 0)])
def test_an_eighth_of_a_margin(margin, bonus):
    assert share_of(margin, 1_250) == bonus


@given(amounts, positive)
def test_parts_sum_to_the_amount_and_are_within_a_grosz(amount, parts_bp):
    parts, total = allocate(amount, parts_bp), sum(parts_bp.values())
    assert sum(parts.values()) == amount
    for key, weight in parts_bp.items():
        assert abs(parts[key] - Fraction(amount * weight, total)) < 1


@given(amounts, positive)
def test_taking_back_is_exact(amount, parts_bp):
    back = allocate(-amount, parts_bp)
    assert back == {key: -part for key, part in allocate(amount, parts_bp).items()}


@given(amounts, positive, st.randoms(use_true_random=False))
def test_permuting_recipients_permutes_parts(amount, parts_bp, chance):
    shuffled = list(parts_bp.items())
    chance.shuffle(shuffled)
    assert allocate(amount, dict(shuffled)) == allocate(amount, parts_bp)


@given(amounts, st.lists(st.integers(1, 5_000), min_size=1, max_size=5))
def test_nobody_is_paid_below_zero_of_a_gain(amount, shares):
    parts = allocate(abs(amount), dict(enumerate(shares)))
    assert min(parts.values()) >= 0


@given(amounts, st.integers(0, WHOLE_BP), st.integers(0, WHOLE_BP))
def test_neighbouring_parts_join(amount, first, second):
    joined = part_of(amount, 0, first) + part_of(amount, first, second)
    assert joined == part_of(amount, 0, first + second)


@pytest.mark.parametrize("wrong", [{}, {1: 0}, {1: 5, 2: -1}])
def test_nonsense_weights_are_refused(wrong):
    with pytest.raises(ValueError):
        allocate(100, wrong)


def test_no_denominator_below_one():
    with pytest.raises(ValueError):
        half_up(1, 0)
