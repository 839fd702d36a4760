"""A letter to somebody who works here: written down once for an event, sent, ticked off."""

from collections.abc import Callable
from datetime import datetime

from django.utils import translation

from polecam.journal.models import Event
from polecam.journal.record import record
from polecam.messages import mail
from polecam.messages.models import Medium, Message
from polecam.people.models import Person
from polecam.store import tx

Words = Callable[[], tuple[str, str]]
"""Subject and body, made in the person's own language."""


def send_to_staff(
    *, event: Event, kind: str, person: Person, words: Words, at: datetime
) -> Message | None:
    """Send one letter about an event to a colleague; once, however often it is called.

    `words` name nobody outside the firm: a link says the rest behind the sign-in. None when the
    person no longer works here.
    """
    if not person.is_active:
        return None
    with tx.action():
        message = _written(event, kind, person, words, at)
    if message.sent_at is not None:
        return message
    mail.send_email(message.to, message.subject, message.body, message.public_id)
    with tx.action():
        if Message.objects.filter(pk=message.pk, sent_at=None).update(sent_at=at):
            data = {"kind": kind, "medium": str(Medium.EMAIL), "person": person.public_id}
            record("message.sent", message, by=None, at=at, data=data)
    return message


def _written(event: Event, kind: str, person: Person, words: Words, at: datetime) -> Message:
    known = Message.objects.filter(event_id=event.pk, kind=kind, medium=Medium.EMAIL).first()
    if known is not None:
        return known
    with translation.override(person.language):
        subject, body = words()
    message = Message(
        kind=kind,
        medium=Medium.EMAIL,
        event_id=event.pk,
        person=person,
        language=person.language,
        subject=subject[:150],
        created_at=at,
    )
    message.to, message.body = person.email, body
    message.save()
    return message
