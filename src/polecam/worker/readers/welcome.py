"""Whoever is invited to work here gets the link by mail."""

from datetime import datetime

from polecam.actions.welcomes import send_welcome
from polecam.journal.models import Event

KINDS = frozenset({"person.invited"})


def handle(event: Event, at: datetime) -> None:
    """Send the link, once."""
    send_welcome(event=event, at=at)
