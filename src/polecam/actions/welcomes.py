"""The link of an invited person on its way to them."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from polecam.insights.forgetting import WELCOME
from polecam.journal.models import Event
from polecam.messages import mail
from polecam.messages.models import Medium, Message
from polecam.organisation.settings import organisation
from polecam.people.links import welcome_url
from polecam.people.models import Welcome
from polecam.people.rules import welcome_is_open
from polecam.store import tx

KIND = WELCOME


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
        message = _written(event, welcome, at)
    if message.sent_at is None:
        mail.send_email(message.to, message.subject, message.body, message.public_id)
        Message.objects.filter(pk=message.pk, sent_at=None).update(sent_at=at)
    return message


def _written(event: Event, welcome: Welcome, at: datetime) -> Message:
    known = Message.objects.filter(event_id=event.pk, kind=KIND, medium=Medium.EMAIL).first()
    if known is not None:
        return known
    language = welcome.invited_by.language if welcome.invited_by else "pl"
    message = Message(
        kind=KIND, medium=Medium.EMAIL, event_id=event.pk, language=language, created_at=at
    )
    said = {"firm": organisation().name, "url": welcome_url(welcome)}
    with translation.override(language):
        message.subject = _("%(firm)s invites you to Polecam") % said
        message.to = welcome.email
        message.body = (
            _(
                "Good day,\n\n"
                "%(firm)s invites you to work with Polecam. Choose your password here; the link "
                "works once, for seven days:\n\n"
                "%(url)s\n\n"
                "You expected nothing of the kind? Then simply leave it."
            )
            % said
        )
    message.save()
    return message
