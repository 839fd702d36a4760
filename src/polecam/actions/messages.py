"""Messages to a friend: written down once, sent, ticked off."""

from datetime import datetime

from polecam.actions import outbox
from polecam.claims.models import Claim
from polecam.journal.models import Event
from polecam.messages import words
from polecam.messages.models import Message
from polecam.messages.outbox import Letter, known, write
from polecam.messages.texts import Facts, spoken, vars_of
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

    One message for each event and kind, however often it is called; what fails is tried again by
    the worker. `other`: a second name the text mentions. None when there is nowhere to send it any
    more.
    """
    with tx.action():
        message = _written(event, kind, consent, at, other)
    return outbox.post(message, at=at) if message else None


def _written(event: Event, kind: str, consent: Consent, at: datetime, other: str) -> Message | None:
    medium = MEDIA[consent.channel]
    to = contact.for_message(consent)
    before = known(event, kind, medium)
    if before is not None or not to:
        return before
    language = consent.wording.language
    firm = organisation()
    said = event.data.get("meeting_at")
    meeting_at = datetime.fromisoformat(said) if said else None
    facts = Facts(
        firm=firm.name,
        seller=_adviser(consent).full_name,
        own=links.friend_url(consent),
        url=links.confirm_url(consent),
        other=other,
        when=spoken(meeting_at, language, firm.zone) if meeting_at else "",
    )
    subject, body = words.composed(kind, medium, language, vars_of(facts))
    letter = Letter(
        kind=kind,
        medium=medium,
        to=to,
        subject=subject,
        body=body,
        language=language,
        party=consent.party,
        basis=consent.public_id,
        good_until=meeting_at,
    )
    return write(letter, event=event, at=at)


def _adviser(consent: Consent) -> Person:
    """Whom the friend knows it is about: where the consent named the branch, whoever leads now."""
    if not consent.names_branch:
        return consent.receiver
    running = Claim.objects.filter(referral__public_id=consent.referral, ended_at=None)
    claim = running.select_related("holder").first()
    return claim.holder if claim else consent.receiver
