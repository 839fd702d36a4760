"""What people do with their own account: come in, choose a password."""

from datetime import datetime, timedelta

from polecam.actions import arrivals, factors
from polecam.actions.people import _set_password
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.messages import words
from polecam.messages.models import Medium
from polecam.messages.outbox import Letter, write
from polecam.messages.quiet import PASSWORD
from polecam.people.models import Person
from polecam.people.permissions import standing
from polecam.store import tx

LINK_GOOD = timedelta(hours=1)


def choose_password(*, by: Person, at: datetime, password: str, keep: str = "") -> Person:
    """Give oneself a new password; every session ends but the one kept under `keep`.

    Raises Refused for a weak one.
    """
    with tx.action():
        person = tx.lock(by)
        _set_password(person, password)
        person.save(update_fields=["password"])
        arrivals.end(person, at=at, keep=keep)
        record("person.changed", person, by=by, at=at, data={"fields": ["password"]})
        return person


def send_password_link(*, person: Person, at: datetime, url: str) -> None:
    """Write down a letter with the link for a new password, good for an hour; the worker sends it.

    Not at once: how long a mail server takes would tell who works here.
    """
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
        write(letter, event=None, at=at)


def help_in(*, at: datetime, person: Person) -> None:
    """From the server's own shell, for whoever lost everything: what they sign in with is void.

    Their sessions end and they hear of it by mail. The door prints the link for a new password;
    afterwards the firm's rules ask for a new second factor. Raises Refused("person_left").
    """
    with tx.action():
        person = tx.lock(person)
        if not person.is_active:
            raise Refused("person_left")
        factors.forget(person)
        arrivals.end(person, at=at)
        record("person.helped_in", person, by=None, at=at, branch=standing(person).home)
