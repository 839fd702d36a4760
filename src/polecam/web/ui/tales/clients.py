"""Clients and their moments in sentences."""

from datetime import date

from django.utils.translation import gettext as _

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


@tells("client.added")
def client_added(tale: Tale) -> str:
    """By hand, or from a referral that was won."""
    if tale.data.get("via") == "referral":
        return _("A recommended person became a client.")
    return _("A client was added.")


@tells("client.changed")
def client_changed(tale: Tale) -> str:
    """Name, contact or sharing."""
    return _("The client's data were put right.")


@tells("client.assigned")
def client_assigned(tale: Tale) -> str:
    """To another adviser."""
    return _("The client was given an adviser.")


@tells("client.never_ask")
def client_never_ask(tale: Tale) -> str:
    """For good."""
    return _("The client does not want to be asked.")


@tells("client.may_ask")
def client_may_ask(tale: Tale) -> str:
    """By their own word."""
    return _("The client said that they may be asked again.")


@tells("client.resting")
def client_resting(tale: Tale) -> str:
    """Until a day, or no longer."""
    until = tale.data.get("until")
    if not until:
        return _("The client's rest is over.")
    return _("The client rests until %(day)s.") % {"day": fmt.day(date.fromisoformat(until))}


@tells("moment.noted")
def moment_noted(tale: Tale) -> str:
    """On which day; what it was stands beside the client, not here."""
    on = date.fromisoformat(tale.data["on"])
    return _("A moment of %(day)s was noted.") % {"day": fmt.day(on)}


@tells("moment.closed")
def moment_closed(tale: Tale) -> str:
    """It is over."""
    return _("A moment was closed.")
