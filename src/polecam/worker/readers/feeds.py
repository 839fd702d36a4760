"""Whoever keeps a nightly file hears that it waits for them, or could not be fetched."""

from datetime import datetime, timedelta

from polecam.actions.feed_mail import tell_of_feed
from polecam.journal.models import Event

KINDS = frozenset({"feed.held", "feed.failed"})
FRESH = timedelta(days=2)
"""What is older stands on the page of the feed."""


def handle(event: Event, at: datetime) -> None:
    """Send the mail, once."""
    if at - event.at <= FRESH:
        tell_of_feed(event=event, at=at)
