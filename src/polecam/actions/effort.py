"""A seller's own time, effort and income by source of clients.

These acts leave no event: the journal is read by others, and how somebody spends their hours is
theirs alone (as with the notebook, invariant 21).
"""

from datetime import datetime

from polecam.effort import subject
from polecam.effort.models import Effort, Grade, Source, SourceIncome, TimeEntry, Timer
from polecam.effort.rules import DAY_MINUTES, measured
from polecam.keeping import erased
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import MONTH, day_of, month_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action, lock

MOST_GROSZE = 100_000_000


def log_time(*, by: Person, at: datetime, source: str, minutes: int, effort: str = "") -> TimeEntry:
    """Note minutes of today on a source, as told, and how they felt ("" = not said).

    Raises Refused("effort_unknown", "minutes_out_of_bounds").
    """
    if not 0 < minutes <= DAY_MINUTES:
        raise Refused("minutes_out_of_bounds", field="minutes", most=DAY_MINUTES)
    with action():
        return _note(by, at, source, minutes, Grade.REPORTED, effort)


def start_timer(*, by: Person, at: datetime, source: str) -> Timer:
    """Start measuring. Twice is once; Refused("timer_runs") where another source is measured."""
    if source not in Source.values:
        raise Refused("effort_unknown", field="source")
    with action():
        require(by, Permission.ASK)
        lock(by)
        runs = Timer.objects.filter(person=by).first()
        if runs is None:
            return Timer.objects.create(person=by, source=source, started_at=at)
        if runs.source != source:
            raise Refused("timer_runs", field="source")
        return runs


def stop_timer(*, by: Person, at: datetime, effort: str = "") -> TimeEntry | None:
    """Note what was measured, on the day it ends; None if nothing runs (twice is once).

    A timer that was forgotten is noted as told, at most four hours.
    """
    with action():
        lock(by)
        runs = Timer.objects.filter(person=by).first()
        if runs is None:
            return None
        minutes, is_measured = measured(runs.started_at, at)
        runs.delete()
        grade = Grade.TIMED if is_measured else Grade.REPORTED
        return _note(by, at, runs.source, minutes, grade, effort)


def drop_timer(*, by: Person, at: datetime) -> None:
    """Stop without noting anything (`at`: when; a timer begun later is another one)."""
    with action():
        Timer.objects.filter(person=by, started_at__lte=at).delete()


def take_back(*, by: Person, at: datetime, entry: TimeEntry) -> None:
    """One's own entry is gone (`at`: when). Raises NotAllowed for anyone else's."""
    with action():
        if entry.person_id != by.pk:
            raise NotAllowed("not_your_page")
        TimeEntry.objects.filter(pk=entry.pk, at__lte=at).delete()


def tell_income(
    *, by: Person, at: datetime, source: str, month: str, amount_grosze: int | None
) -> None:
    """Tell, or correct, what another source earned in a month (gross grosze); None: nothing told.

    Raises Refused("effort_unknown", "income_month", "income_amount"). What referrals earn is in
    the ledger and is not told here.
    """
    if source not in Source.values or source == Source.REFERRAL:
        raise Refused("effort_unknown", field="source")
    if not MONTH.match(month) or month > month_of(at, settings.zone()):
        raise Refused("income_month", field="month")
    if amount_grosze is not None and not 0 <= amount_grosze <= MOST_GROSZE:
        raise Refused("income_amount", field="amount")
    with action():
        require(by, Permission.ASK)
        if amount_grosze is None:
            SourceIncome.objects.filter(person=by, source=source, month=month).delete()
            return
        SourceIncome.objects.update_or_create(
            person=by,
            source=source,
            month=month,
            defaults={"amount_grosze": amount_grosze, "at": at},
        )


def forget_all(*, by: Person, at: datetime) -> int:
    """Erase everything one has noted here (`at`: when). Rows gone."""
    with action():
        lock(by)
        erased.note(erased.EFFORT, by.public_id)
        return subject.erase(by)


def _note(
    by: Person, at: datetime, source: str, minutes: int, grade: str, effort: str
) -> TimeEntry:
    if source not in Source.values or effort not in ("", *Effort.values):
        raise Refused("effort_unknown", field="source")
    require(by, Permission.ASK)
    return TimeEntry.objects.create(
        person=by,
        source=source,
        minutes=minutes,
        grade=grade,
        effort=effort,
        day=day_of(at, settings.zone()),
        at=at,
    )
