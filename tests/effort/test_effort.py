"""Time is noted in one tap, measured by the server, taken back; and read by its seller alone."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polecam.actions import effort
from polecam.effort import queries, rules, subject
from polecam.effort.models import SourceIncome, TimeEntry, Timer
from polecam.journal.models import Event
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of, month_of, next_month
from tests.cast import ZONE
from tests.house.law import PACKAGE, code_files

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
PRIVATE = ("TimeEntry", "SourceIncome", "Timer", "effort.subject", "effort import queries")
READERS = {
    Path("actions/effort.py"),
    Path("insights/hours.py"),
}


def test_one_tap_notes_minutes_of_today(marta, at):
    entry = effort.log_time(by=marta, at=at, source="referral", minutes=15, effort="easy")
    assert (entry.minutes, entry.grade, entry.effort) == (15, "reported", "easy")
    assert entry.day == day_of(at, ZONE)
    assert not Event.objects.exists()


def test_a_timer_measures_and_survives(marta, at):
    effort.start_timer(by=marta, at=at, source="cold_call")
    effort.start_timer(by=marta, at=at + MINUTE, source="cold_call")  # a second tap
    assert queries.timer(marta).started_at == at
    entry = effort.stop_timer(by=marta, at=at + 25 * MINUTE, effort="hard")
    assert (entry.minutes, entry.grade, entry.source) == (25, "timed", "cold_call")
    assert effort.stop_timer(by=marta, at=at + 26 * MINUTE) is None
    assert TimeEntry.objects.count() == 1


def test_another_source_waits_until_the_timer_stops(marta, at):
    effort.start_timer(by=marta, at=at, source="cold_call")
    with pytest.raises(Refused, match="timer_runs"):
        effort.start_timer(by=marta, at=at, source="referral")
    effort.drop_timer(by=marta, at=at)
    assert not Timer.objects.exists()
    assert not TimeEntry.objects.exists()


def test_a_forgotten_timer_is_no_measurement(marta, at):
    effort.start_timer(by=marta, at=at - timedelta(hours=20), source="advert")
    entry = effort.stop_timer(by=marta, at=at)
    assert (entry.minutes, entry.grade) == (rules.LONGEST, "reported")


@settings(max_examples=40, deadline=None)
@given(st.integers(-100, 200_000))
def test_a_timer_is_within_its_bounds(at, seconds):
    minutes, is_measured = rules.measured(at, at + timedelta(seconds=seconds))
    assert 1 <= minutes <= rules.LONGEST
    assert is_measured == (seconds < rules.LONGEST * 60 + 30)


def test_only_an_own_entry_is_taken_back(marta, kamil, at):
    entry = effort.log_time(by=marta, at=at, source="other", minutes=5)
    with pytest.raises(NotAllowed):
        effort.take_back(by=kamil, at=at, entry=entry)
    effort.take_back(by=marta, at=at, entry=entry)
    effort.take_back(by=marta, at=at, entry=entry)
    assert not TimeEntry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"source": "moon", "minutes": 5}, "effort_unknown"),
        ({"source": "other", "minutes": 0}, "minutes_out_of_bounds"),
        ({"source": "other", "minutes": 1_441}, "minutes_out_of_bounds"),
        ({"source": "other", "minutes": 5, "effort": "awful"}, "effort_unknown"),
    ],
)
def test_bad_time_is_refused(marta, at, typed, code):
    with pytest.raises(Refused, match=code):
        effort.log_time(by=marta, at=at, **typed)
    assert not TimeEntry.objects.exists()


def test_income_is_told_corrected_and_taken_away(marta, at):
    month = month_of(at, ZONE)
    for amount in (10_000, 12_000):
        effort.tell_income(by=marta, at=at, source="walk_in", month=month, amount_grosze=amount)
    assert queries.incomes(marta, [month]).get().amount_grosze == 12_000
    effort.tell_income(by=marta, at=at, source="walk_in", month=month, amount_grosze=None)
    assert not SourceIncome.objects.exists()


def test_bad_income_is_refused(marta, at):
    month = month_of(at, ZONE)
    for source, when, amount, code in (
        ("referral", month, 1, "effort_unknown"),
        ("advert", next_month(month), 1, "income_month"),
        ("advert", "2026-13", 1, "income_month"),
        ("advert", month, -1, "income_amount"),
    ):
        with pytest.raises(Refused, match=code):
            effort.tell_income(by=marta, at=at, source=source, month=when, amount_grosze=amount)


def test_whoever_does_not_sell_notes_nothing(irena, pawel, at):
    for other in (irena, pawel):
        with pytest.raises(NotAllowed):
            effort.log_time(by=other, at=at, source="other", minutes=5)


def test_one_takes_it_along_and_erases_it(marta, kamil, at):
    effort.log_time(by=marta, at=at, source="referral", minutes=30)
    effort.log_time(by=kamil, at=at, source="advert", minutes=60)
    effort.tell_income(
        by=marta, at=at, source="advert", month=month_of(at, ZONE), amount_grosze=500
    )
    told = subject.export(marta)
    assert [row["minutes"] for row in told["time"]] == [30]
    assert [row["amount_grosze"] for row in told["income"]] == [500]
    assert effort.forget_all(by=marta, at=at) == 2
    assert not subject.export(marta)["time"]
    assert TimeEntry.objects.get().person == kamil


def test_nobody_else_has_a_query(marta, kamil, tomek, ada, irena, pawel, at):
    effort.log_time(by=marta, at=at, source="referral", minutes=30)
    for other in (kamil, tomek, ada, irena, pawel):
        assert not queries.entries(other).exists()


def test_only_its_own_pages_read_this_room():
    """No report, export, team page or admin path imports it: as with the notebook."""
    readers = {
        path.relative_to(PACKAGE)
        for path in code_files()
        for text in [path.read_text(encoding="utf-8")]
        if "polecam.effort" in text and any(name in text for name in PRIVATE)
    }
    strangers = {
        path
        for path in readers - READERS
        if path.parts[0] not in {"effort", "demo"} and path.parts[:3] != ("web", "pages", "effort")
    }
    assert not strangers
