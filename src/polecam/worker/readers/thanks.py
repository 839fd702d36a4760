"""Thanks become due by what the client did, go by e-mail, and move with the client."""

from datetime import datetime

from polecam.actions import thanks, thanks_owed
from polecam.journal.models import Event
from polecam.thanks.rules import OCCASIONS

UNREACHED = ("message.dropped", "message.bounced")
KINDS = frozenset({*OCCASIONS, "telling.withdrawn", "client.assigned", "thanks.given", *UNREACHED})
"""No event of a sale is read here."""


def handle(event: Event, at: datetime) -> None:
    """Do what this event calls for. May be called again: nothing is owed or sent twice."""
    if event.kind in OCCASIONS:
        thanks_owed.owe(event=event, at=at)
    elif event.kind == "telling.withdrawn":
        thanks_owed.untell(event=event, at=at)
    elif event.kind == "client.assigned":
        thanks_owed.hand_on(event=event, at=at)
    elif event.kind in UNREACHED:
        thanks.did_not_reach(event=event, at=at)
    elif event.data["way"] == "email":
        thanks.deliver(event=event, at=at)
