"""Whoever leads a referral hears by mail that the exclusivity ends soon."""

from datetime import datetime, timedelta

from polecam.actions.claim_reminders import send_reminder
from polecam.journal.models import Event

KINDS = frozenset({"claim.reminded"})
FRESH = timedelta(days=2)
"""What is older is not sent any more: a reminder that comes too late only puzzles."""


def handle(event: Event, at: datetime) -> None:
    """Send the reminder, once."""
    if at - event.at <= FRESH:
        send_reminder(event=event, at=at)
