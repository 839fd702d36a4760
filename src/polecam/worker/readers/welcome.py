"""Whoever is invited to work here gets the link by mail."""

from datetime import datetime

from polecam.actions.welcomes import send_welcome
from polecam.journal.models import Event

KINDS = frozenset({"person.invited", "person.reminded"})


def handle(event: Event, at: datetime) -> None:
    """Send the link, once for each invitation or reminder."""
    send_welcome(event=event, at=at)
