"""Somebody takes a referral: the friend is asked, where their consent did not name the branch."""

from datetime import datetime

from polecam.actions import messages
from polecam.claims.models import Handoff, HandoffState
from polecam.journal.models import Event
from polecam.messages.texts import HANDOFF
from polecam.worker.readers.mail import FRESH, by_what

KINDS = frozenset({"handoff.accepted"})


def handle(event: Event, at: datetime) -> None:
    """Send the question with the friend's own link, once, while it still waits for an answer."""
    if not event.data.get("send") or at - event.at > FRESH:
        return
    handoff = (
        Handoff.objects.filter(public_id=event.data["handoff"], state=HandoffState.ACCEPTED)
        .select_related("receiver")
        .first()
    )
    if handoff is None or handoff.receiver is None or handoff.expires_at <= at:
        return
    consent = by_what(event.subject, at)
    if consent is not None:
        other = handoff.receiver.full_name
        messages.send(event=event, kind=HANDOFF, consent=consent, at=at, other=other)
