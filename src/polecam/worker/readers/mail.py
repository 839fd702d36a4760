"""Messages to friends, made from the journal: a link to confirm, a thank-you, a question."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from polecam.actions import messages
from polecam.claims.models import Claim
from polecam.journal.models import Event
from polecam.messages.gateway import sms_possible
from polecam.messages.texts import CONFIRM, CONFIRMED, MEETING, NEAR
from polecam.privacy import queries
from polecam.privacy.models import Consent, Purpose
from polecam.privacy.rules import MEDIA

KINDS = frozenset(
    {"consent.given", "referral.consented", "referral.meeting_held", "referral.meeting_near"}
)
FRESH = timedelta(days=2)
"""What is older is not sent any more: a message about it would only puzzle."""


def handle(event: Event, at: datetime) -> None:
    """Send what this event calls for. May be called again: nothing is sent twice."""
    if at - event.at > FRESH:
        return
    if event.kind == "consent.given":
        _ask_to_confirm(event, at)
    elif event.kind == "referral.meeting_near":
        if datetime.fromisoformat(event.data["meeting_at"]) > at:
            _tell(event, NEAR, at)
    elif event.kind == "referral.consented":
        _tell(event, CONFIRMED, at)
    else:
        _tell(event, MEETING, at)


def _ask_to_confirm(event: Event, at: datetime) -> None:
    if not event.data.get("send"):
        return
    consent = _consents().filter(public_id=event.data["consent"]).first()
    if consent is not None and consent.confirmed_at is None:
        messages.send(event=event, kind=CONFIRM, consent=consent, at=at)


def _tell(event: Event, kind: str, at: datetime) -> None:
    consent = by_what(event.subject, at)
    if consent is not None:
        messages.send(event=event, kind=kind, consent=consent, at=at)


def by_what(referral: str, at: datetime) -> Consent | None:
    """What the friend agreed to be written by (of a referral's public id): SMS, else e-mail.

    Of two consents that of whoever leads it now, or the newer one.
    """
    leads = Claim.objects.filter(referral__public_id=referral, ended_at=None)
    leader = leads.values_list("holder_id", flat=True).first()
    active = _consents().filter(
        referral=referral,
        purpose=Purpose.REFERRAL,
        confirmed_at__isnull=False,
        unlocked_at__isnull=False,
        withdrawn_at=None,
    )
    channels = queries.active_channels(referral, at=at)
    for channel in ("sms", "email"):
        possible = channel in channels and (MEDIA[channel] != "sms" or sms_possible())
        found = list(active.filter(channel=channel).order_by("-pk")) if possible else []
        if found:
            return next((item for item in found if item.receiver_id == leader), found[0])
    return None


def _consents() -> QuerySet[Consent]:
    return Consent.objects.select_related("party", "receiver", "wording")
