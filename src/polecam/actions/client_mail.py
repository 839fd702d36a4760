"""Messages to a client, by themselves: only where the client agreed to that channel and purpose."""

from collections.abc import Mapping
from datetime import datetime

from polecam.actions import outbox
from polecam.clients.models import Client, ClientConsent
from polecam.journal.models import Event
from polecam.messages import words
from polecam.messages.models import Medium, Message
from polecam.messages.outbox import Letter, known, write
from polecam.organisation.settings import organisation
from polecam.store import tx


def agreed(client: Client, channel: str, purpose: str) -> bool:
    """Whether the client agreed to messages by `channel` for `purpose`, and still does."""
    return _consent(client, channel, purpose) is not None


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
    """One e-mail to a client about a journal event; what fails is tried again by the worker.

    `kind` and `facts`: of messages.texts_clients. None without a consent or an address, and for a
    client who objected or is erased: nothing is sent to them.
    """
    with tx.action():
        message = _written(event, kind, client, purpose, language, facts, at)
    return outbox.post(message, at=at) if message else None


def _written(
    event: Event,
    kind: str,
    client: Client,
    purpose: str,
    language: str,
    facts: Mapping[str, str],
    at: datetime,
) -> Message | None:
    medium, party = Medium.EMAIL, client.party
    before = known(event, kind, medium)
    consent = _consent(client, medium, purpose)
    to = party.email
    if before is not None or party.erased_at is not None or consent is None or not to:
        return before
    facts = {"firm": organisation().name, **facts}
    subject, body = words.composed(kind, medium, language, facts)
    letter = Letter(
        kind=kind,
        medium=medium,
        to=to,
        subject=subject,
        body=body,
        language=language,
        party=party,
        basis=consent.public_id,
        out=words.way_out(facts),
    )
    return write(letter, event=event, at=at)


def _consent(client: Client, channel: str, purpose: str) -> ClientConsent | None:
    rows = ClientConsent.objects.filter(client=client, channel=channel, purpose=purpose)
    return rows.filter(withdrawn_at=None).first()
