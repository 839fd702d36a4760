"""Whoever has a statement gets a mail when it is published: that it is there, nothing of it."""

from datetime import datetime, timedelta

from polecam.actions.statement_mail import tell_of_statement
from polecam.journal.models import Event

KINDS = frozenset({"statement.published"})
FRESH = timedelta(days=2)
"""What is older is not sent any more: it stands on Today anyway."""


def handle(event: Event, at: datetime) -> None:
    """Send the mail, once."""
    if at - event.at <= FRESH:
        tell_of_statement(event=event, at=at)
