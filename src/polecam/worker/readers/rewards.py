"""An outcome of a link makes a reward due, where the client chose one and rewards are on."""

from datetime import datetime

from polecam.actions import reward_grants
from polecam.journal.models import Event
from polecam.thanks.rules import OUTCOMES

KINDS = frozenset(OUTCOMES)
"""No event of a sale is read here."""


def handle(event: Event, at: datetime) -> None:
    """Ask for it, once for each side; twice is once."""
    reward_grants.ask_due(event=event, at=at)
