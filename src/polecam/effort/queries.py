"""A seller's own time, timer and income. Nobody else has a query for them, whatever their role."""

from collections.abc import Iterable

from django.db.models import QuerySet

from polecam.effort.models import SourceIncome, TimeEntry, Timer
from polecam.people.models import Person


def entries(person: Person) -> QuerySet[TimeEntry]:
    """The person's own entries, newest first."""
    return TimeEntry.objects.filter(person=person).order_by("-at", "-id")


def timer(person: Person) -> Timer | None:
    """The person's timer, if one runs."""
    return Timer.objects.filter(person=person).first()


def incomes(person: Person, months: Iterable[str]) -> QuerySet[SourceIncome]:
    """What the person told about their income by source in these months (`YYYY-MM`)."""
    return SourceIncome.objects.filter(person=person, month__in=list(months)).order_by("id")
