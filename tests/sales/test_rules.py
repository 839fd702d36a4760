"""What may be reported: pure rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.kit.errors import Refused
from polecam.sales import rules

DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@given(DAYS, DAYS, DAYS, st.sampled_from(["", "papers"]))
def test_a_day_is_taken_or_refused_for_one_reason(sold_on, today, captured_on, reason):
    wrong = (
        "sale_in_future"
        if sold_on > today
        else "sale_before_referral"
        if sold_on < captured_on
        else "sale_backdated"
        if sold_on < today - timedelta(days=7) and not reason
        else ""
    )
    if not wrong:
        rules.require_day(sold_on, today, captured_on, reason)
        return
    with pytest.raises(Refused, match=wrong):
        rules.require_day(sold_on, today, captured_on, reason)


@given(st.integers(-10, 2 * 10**11), st.integers(-10, 2 * 10**11))
def test_amounts(value, margin):
    good = 0 < value <= rules.LARGEST_GROSZE and 0 <= margin <= value
    try:
        rules.require_amounts(value, margin)
    except Refused:
        assert not good
    else:
        assert good


@given(st.integers(1, 5), st.sets(st.integers(1, 5)))
def test_money_needs_someone_else(by, earners):
    if by in earners:
        with pytest.raises(Refused, match="own_confirmation"):
            rules.require_someone_else(by, earners)
    else:
        rules.require_someone_else(by, earners)
    rules.require_someone_else(None, earners)
