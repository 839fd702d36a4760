"""Messages on their way: written down once, sent, ticked off."""

from datetime import datetime

from polecam.claims.models import Claim
from polecam.journal.models import Event
from polecam.journal.record import record
from polecam.messages import mail
from polecam.messages.models import Medium, Message
from polecam.messages.texts import Facts, compose, spoken
from polecam.organisation.settings import organisation
from polecam.people.models import Person
from polecam.privacy import contact, links
from polecam.privacy.models import Consent
from polecam.privacy.rules import MEDIA
from polecam.store import tx


def send(
    *, event: Event, kind: str, consent: Consent, at: datetime, other: str = ""
) -> Message | None:
    """Send one message about an event to the friend, through the medium of `consent`.

    One message for each event and kind, however often it is called; a repeated call sends what
    a failure left unsent. `other`: a second name the text mentions. None when there is nowhere to
    send it any more.
    """
    with tx.action():
        message = _written(event, kind, consent, at, other)
    if message is None or message.sent_at is not None:
        return message
    _deliver(message)
    with tx.action():
        if not Message.objects.filter(pk=message.pk, sent_at=None).update(sent_at=at):
            return message
        data = {"kind": kind, "medium": message.medium, "consent": consent.public_id}
        record("message.sent", message, by=None, at=at, data=data)
    return message


def _written(event: Event, kind: str, consent: Consent, at: datetime, other: str) -> Message | None:
    medium = MEDIA[consent.channel]
    known = Message.objects.filter(event_id=event.pk, kind=kind, medium=medium).first()
    to = contact.for_message(consent)
    if known is not None or not to:
        return known
    language = consent.wording.language
    firm = organisation()
    meeting_at = event.data.get("meeting_at")
    facts = Facts(
        firm=firm.name,
        seller=_adviser(consent).full_name,
        own=links.friend_url(consent),
        url=links.confirm_url(consent),
        other=other,
        when=spoken(datetime.fromisoformat(meeting_at), language, firm.zone) if meeting_at else "",
    )
    message = Message(
        kind=kind,
        medium=medium,
        event_id=event.pk,
        party=consent.party,
        language=language,
        created_at=at,
    )
    message.subject, body = compose(kind, medium, language, facts)
    message.to, message.body = to, body
    message.save()
    return message


def _adviser(consent: Consent) -> Person:
    """Whom the friend knows it is about: where the consent named the branch, whoever leads now."""
    if not consent.names_branch:
        return consent.receiver
    running = Claim.objects.filter(referral__public_id=consent.referral, ended_at=None)
    claim = running.select_related("holder").first()
    return claim.holder if claim else consent.receiver


def _deliver(message: Message) -> None:
    if message.medium == Medium.SMS:
        mail.send_sms(message.to, message.body, message.public_id)
    else:
        mail.send_email(message.to, message.subject, message.body, message.public_id)
