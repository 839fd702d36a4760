"""Copies are called by their moment and kept thirty days."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from polecam.keeping import rules
from polecam.keeping.models import Cause

MOMENTS = st.integers(1_600_000_000, 4_000_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))


@given(MOMENTS, st.sampled_from(Cause.values))
def test_a_name_tells_its_moment(at, cause):
    assert rules.began(rules.name_of(at, cause)) == at


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=90)))
def test_thirty_days_and_no_longer(began, age):
    assert rules.is_over(rules.name_of(began, "night"), began + age) == (age >= rules.KEPT)


def test_other_files_are_left_alone():
    late = datetime(2099, 1, 1, tzinfo=UTC)
    for name in ("erased.log", "polecam.sqlite3", "polecam-notes.txt", "x.copy"):
        assert not rules.is_over(name, late)
