"""Messages to a client, by themselves: only where the client agreed to that channel and purpose."""

from collections.abc import Mapping
from datetime import datetime

from polecam.clients.models import Client, ClientConsent
from polecam.journal.models import Event
from polecam.journal.record import record
from polecam.messages import mail
from polecam.messages.models import Medium, Message, MessageState
from polecam.messages.texts_clients import compose
from polecam.organisation.settings import organisation
from polecam.store import tx


def agreed(client: Client, channel: str, purpose: str) -> bool:
    """Whether the client agreed to messages by `channel` for `purpose`, and still does."""
    return ClientConsent.objects.filter(
        client=client, channel=channel, purpose=purpose, withdrawn_at=None
    ).exists()


def send(
    *,
    event: Event,
    kind: str,
    client: Client,
    purpose: str,
    language: str,
    facts: Mapping[str, str],
    at: datetime,
) -> Message | None:
    """One e-mail to a client about a journal event; repeated calls send what a failure left.

    `kind` and `facts`: of messages.texts_clients. None without a consent or an address, and for a
    client who objected or is erased: nothing is sent to them.
    """
    with tx.action():
        message = _written(event, kind, client, purpose, language, facts, at)
    if message is None or message.sent_at is not None:
        return message
    mail.send_email(message.to, message.subject, message.body, message.public_id)
    with tx.action():
        sent = Message.objects.filter(pk=message.pk, sent_at=None).update(
            sent_at=at, state=MessageState.SENT
        )
        if sent:
            data = {"kind": kind, "medium": message.medium}
            record("message.sent", message, by=None, at=at, data=data)
    return message


def _written(
    event: Event,
    kind: str,
    client: Client,
    purpose: str,
    language: str,
    facts: Mapping[str, str],
    at: datetime,
) -> Message | None:
    medium = Medium.EMAIL
    known = Message.objects.filter(event_id=event.pk, kind=kind, medium=medium).first()
    party = client.party
    if known is not None or party.erased_at is not None:
        return known
    to = party.email
    if not to or not agreed(client, medium, purpose):
        return None
    message = Message(
        kind=kind,
        medium=medium,
        event_id=event.pk,
        party=party,
        language=language,
        created_at=at,
    )
    message.subject, body = compose(kind, language, {"firm": organisation().name, **facts})
    message.to, message.body = to, body
    message.save()
    return message
