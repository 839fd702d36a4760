"""A letter to somebody who works here: written down once for an event, sent, ticked off."""

from collections.abc import Mapping
from datetime import datetime

from polecam.actions import outbox
from polecam.journal.models import Event
from polecam.messages import words
from polecam.messages.models import Medium, Message
from polecam.messages.outbox import Letter, known, write
from polecam.people.models import Person
from polecam.store import tx


def send_to_staff(
    *,
    event: Event,
    kind: str,
    person: Person,
    facts: Mapping[str, str],
    at: datetime,
    good_until: datetime | None = None,
) -> Message | None:
    """Send one letter about an event to a colleague; once, however often it is called.

    `kind` and `facts`: of messages.texts_staff, in the person's language; they name nobody outside
    the firm: a link says the rest behind the sign-in. None when the person no longer works here.
    """
    if not person.is_active:
        return None
    with tx.action():
        message = known(event, kind, Medium.EMAIL)
        if message is None:
            letter = _letter(kind, person, facts, good_until)
            message = write(letter, event=event, at=at)
    return outbox.post(message, at=at)


def _letter(
    kind: str, person: Person, facts: Mapping[str, str], good_until: datetime | None
) -> Letter:
    subject, body = words.composed(kind, Medium.EMAIL, person.language, facts)
    return Letter(
        kind=kind,
        to=person.email,
        subject=subject,
        body=body,
        language=person.language,
        person=person,
        good_until=good_until,
    )
