"""Whoever decides gets a mail: when something waits for them, and at half of the time."""

from datetime import datetime, timedelta

from polecam.actions.dispute_mail import tell_decider
from polecam.journal.models import Event

KINDS = frozenset({"dispute.raised", "dispute.reminded", "dispute.moved", "dispute.appealed"})
FRESH = timedelta(days=2)
"""What is older is not sent any more: it waits on the page anyway."""


def handle(event: Event, at: datetime) -> None:
    """Send the mail, once."""
    if at - event.at <= FRESH:
        tell_decider(event=event, at=at)
