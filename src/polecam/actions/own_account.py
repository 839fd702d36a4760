"""What people do with their own account: come in, choose a password."""

from datetime import datetime

from polecam.actions.people import _set_password
from polecam.journal.record import record
from polecam.people.models import Person
from polecam.people.permissions import standing
from polecam.store import tx


def signed_in(*, by: Person, at: datetime) -> None:
    """Note that someone came in; the journal keeps the day, never the device."""
    with tx.action():
        record("person.signed_in", by, by=by, at=at, branch=standing(by).home)


def choose_password(*, by: Person, at: datetime, password: str) -> Person:
    """Give oneself a new password; other sessions end. Raises Refused for a weak one."""
    with tx.action():
        person = tx.lock(by)
        _set_password(person, password)
        person.save(update_fields=["password"])
        record("person.changed", person, by=by, at=at, data={"fields": ["password"]})
        return person
