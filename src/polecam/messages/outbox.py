"""The one outbox: a message is written down here once, before anybody tries to send it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from polecam.journal.models import Event
from polecam.messages import quiet
from polecam.messages.models import Bounce, Medium, Message
from polecam.organisation.settings import values, zone
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.store.crypto import email_index, phone_index


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be written down: to whom, by which medium, in which language and words.

    `basis`: the public id of the consent a message to somebody outside rests on; `out`: the link
    by which a client ends such messages; after `good_until` it is not sent any more.
    """

    kind: str
    to: str
    subject: str
    body: str
    language: str
    medium: str = Medium.EMAIL
    party: Party | None = None
    person: Person | None = None
    basis: str = ""
    out: str = ""
    good_until: datetime | None = None


def known(event: Event, kind: str, medium: str) -> Message | None:
    """The message about this event that was written down before."""
    return Message.objects.filter(event_id=event.pk, kind=kind, medium=medium).first()


def write(letter: Letter, *, event: Event | None, at: datetime) -> Message:
    """Inner step: put a letter into the outbox; one for each event, kind and medium.

    It goes at once, or in the morning where it would arrive in the quiet hours. Without an event
    its sender sees to it that it is written once.
    """
    message = Message(
        kind=letter.kind,
        medium=letter.medium,
        event_id=event.pk if event else None,
        party=letter.party,
        person=letter.person,
        language=letter.language,
        subject=letter.subject,
        basis=letter.basis,
        created_at=at,
        good_until=letter.good_until,
    )
    message.to, message.body, message.out = letter.to, letter.body, letter.out
    message.next_try_at = after_the_night(message, at)
    try:
        with transaction.atomic():
            message.save()
    except IntegrityError:
        written = known(event, letter.kind, letter.medium) if event else None
        if written is None:
            raise
        return written
    return message


def after_the_night(message: Message, at: datetime) -> datetime:
    """When a message that may go at `at` does go: then, or when the quiet hours are over."""
    if settings.MAIL_AT_ONCE or quiet.is_exempt(message.kind, message.created_at, at):
        return at
    hours = values("quiet_from", "quiet_until", at=at)
    return quiet.next_moment(at, zone(), hours["quiet_from"], hours["quiet_until"])


def index_of(medium: str, to: str) -> str:
    """The blind index under which a number or address that does not exist is remembered."""
    return phone_index(to) if medium == Medium.SMS else email_index(to)


def is_dead(medium: str, to: str) -> bool:
    """Whether it came back from there for good, and nobody has lifted that."""
    index = index_of(medium, to)
    return Bounce.objects.filter(medium=medium, index=index, lifted_at=None).exists()


def mark_dead(medium: str, to: str, *, at: datetime) -> None:
    """Inner step: nothing is sent to this number or address until an admin lifts it."""
    Bounce.objects.get_or_create(
        medium=medium, index=index_of(medium, to), lifted_at=None, defaults={"at": at}
    )
