"""Whoever signs in on a new device, or changes how they sign in, hears of it by mail."""

from datetime import datetime, timedelta

from polecam.actions.sign_in_mail import PLAIN, tell
from polecam.journal.models import Event

KINDS = frozenset({"person.signed_in", "person.changed", "factor.added", "factor.removed", *PLAIN})
FRESH = timedelta(days=2)
"""What is older is not sent any more: a warning that comes too late only frightens."""


def handle(event: Event, at: datetime) -> None:
    """Send the letter, once."""
    if at - event.at <= FRESH:
        tell(event=event, at=at)
