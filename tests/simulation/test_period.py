"""Periods as an address says them: months, quarters, years, and from month to month."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polecam.insights.simulation_period import between, offered, read, usual

months = st.builds("{:04}-{:02}".format, st.integers(2000, 2098), st.integers(1, 12))


@pytest.mark.parametrize(
    ("code", "first", "last", "count"),
    [
        ("2026", "2026-01", "2026-12", 12),
        ("2026-Q3", "2026-07", "2026-09", 3),
        ("2026-09", "2026-09", "2026-09", 1),
        ("2025-11..2026-02", "2025-11", "2026-02", 4),
    ],
)
def test_a_code_is_read_and_said_the_same(code, first, last, count):
    found = read(code)
    assert (found.first, found.last, len(found.months), found.code) == (first, last, count, code)


@pytest.mark.parametrize(
    "code", ["", "2026-13", "2026-Q5", "lato", "2026-09..2026-08", "2020-01..2026-01", "2026-9"]
)
def test_what_is_no_period_is_refused(code):
    with pytest.raises(ValueError, match=r".+"):
        read(code)


@given(months, st.integers(0, 23))
def test_every_period_comes_back_from_its_code(first, more):
    months_since = int(first[:4]) * 12 + int(first[5:]) - 1 + more
    last = f"{months_since // 12:04}-{months_since % 12 + 1:02}"
    found = between(first, last)
    assert len(found.months) == more + 1
    assert read(found.code) == found


def test_what_is_offered_begins_with_the_newest_year():
    codes = [period.code for period in offered("2026-11")]
    assert codes[:5] == ["2026", "2025", "2024", "2026-Q4", "2026-Q3"]
    assert codes[-24:-22] == ["2026-11", "2026-10"]
    assert codes[-1] == "2024-12"


def test_before_anybody_chooses_it_is_the_last_quarter_that_is_over():
    assert usual("2026-11").code == "2026-Q3"
    assert usual("2026-11", "2026-05").code == "2026-Q3"
    assert usual("2026-11", "2026-10").code == "2026-10"
    assert usual("2026-11", "2026-11").code == "2026-11"
