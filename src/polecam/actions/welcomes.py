"""The link of an invited person on its way to them."""

from datetime import datetime

from polecam.actions import outbox
from polecam.journal.models import Event
from polecam.messages import words
from polecam.messages.models import Medium, Message
from polecam.messages.outbox import Letter, known, write
from polecam.messages.texts_staff import WELCOME
from polecam.organisation.settings import organisation
from polecam.people.links import welcome_url
from polecam.people.models import Welcome
from polecam.people.rules import welcome_is_open
from polecam.store import tx


def send_welcome(*, event: Event, at: datetime) -> Message | None:
    """Mail the link of the invitation that `event` is about; once, however often it is called.

    None when the invitation was accepted, replaced or is too old.
    """
    welcome = (
        Welcome.objects.select_related("branch", "invited_by")
        .filter(public_id=event.subject)
        .first()
    )
    if welcome is None or not welcome_is_open(welcome.accepted_at, welcome.expires_at, at):
        return None
    with tx.action():
        message = known(event, WELCOME, Medium.EMAIL) or write(_letter(welcome), event=event, at=at)
    return outbox.post(message, at=at)


def _letter(welcome: Welcome) -> Letter:
    facts = {"firm": organisation().name, "url": welcome_url(welcome)}
    subject, body = words.composed(WELCOME, Medium.EMAIL, welcome.language, facts)
    return Letter(
        kind=WELCOME,
        to=welcome.email,
        subject=subject,
        body=body,
        language=welcome.language,
        good_until=welcome.expires_at,
    )
