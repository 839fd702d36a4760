"""What people do with their own account: come in, choose a password."""

from datetime import datetime, timedelta

from polecam.actions import outbox
from polecam.actions.people import _set_password
from polecam.journal.record import record
from polecam.messages import words
from polecam.messages.models import Medium
from polecam.messages.outbox import Letter, write
from polecam.messages.quiet import PASSWORD
from polecam.people.models import Person
from polecam.store import tx

LINK_GOOD = timedelta(hours=1)


def choose_password(*, by: Person, at: datetime, password: str) -> Person:
    """Give oneself a new password; other sessions end. Raises Refused for a weak one."""
    with tx.action():
        person = tx.lock(by)
        _set_password(person, password)
        person.save(update_fields=["password"])
        record("person.changed", person, by=by, at=at, data={"fields": ["password"]})
        return person


def send_password_link(*, person: Person, at: datetime, url: str) -> None:
    """Mail somebody the link by which they choose a new password; it is good for an hour."""
    with tx.action():
        subject, body = words.composed(PASSWORD, Medium.EMAIL, person.language, {"url": url})
        letter = Letter(
            kind=PASSWORD,
            to=person.email,
            subject=subject,
            body=body,
            language=person.language,
            person=person,
            good_until=at + LINK_GOOD,
        )
        message = write(letter, event=None, at=at)
    outbox.post(message, at=at)
