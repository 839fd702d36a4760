"""Somebody takes along what they may see: written down before the first byte leaves."""

from collections.abc import Collection
from datetime import datetime

from polecam.insights import records, settling
from polecam.insights.exports import sheets_for
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Person
from polecam.people.permissions import standing
from polecam.store.tx import action

FORMS = ("csv", "xlsx")


def made(*, by: Person, at: datetime, sheets: Collection[str], form: str, rows: int) -> None:
    """Note which lists a person took along, and how many rows; never what stood in them.

    Raises Refused("export_form"), NotAllowed for a list that is not theirs.
    """
    if form not in FORMS:
        raise Refused("export_form")
    if not sheets or set(sheets) - {sheet.key for sheet in sheets_for(by)}:
        raise NotAllowed("not_allowed")
    with action():
        data = {"form": form, "rows": rows, "sheets": list(sheets)}
        record("export.made", by, by=by, at=at, branch=standing(by).home, data=data)


def of_leaver(*, by: Person, at: datetime, person: Person) -> records.Records:
    """The records of somebody who left, for payroll to hand over to them.

    Raises NotAllowed where `by` may not see what they earned.
    """
    left = settling.leavers(by).filter(pk=person.pk).exists()
    if not left or not settling.sees_amounts(by, person):
        raise NotAllowed("not_allowed")
    with action():
        record("export.of_leaver", person, by=by, at=at, branch=standing(by).home)
    return records.of(person, at=at)
