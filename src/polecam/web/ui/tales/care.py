"""Warmth, reminders, and what is put right with a client, in sentences."""

from datetime import datetime

from django.utils.translation import gettext as _

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


@tells("referral.warmth")
def warmth(tale: Tale) -> str:
    """How far the client went."""
    return {
        "asked": _("Noted: the client has not told the friend yet."),
        "told": _("Noted: the client has told the friend."),
        "waits": _("Noted: the friend waits for the call."),
    }.get(tale.data["warmth"], _("Noted: it is not known whether the friend has heard of it."))


@tells("referral.meeting_near")
def near(tale: Tale) -> str:
    """A reminder went out, or would have, had the friend agreed to a channel."""
    meeting_at = datetime.fromisoformat(tale.data["meeting_at"])
    return _("Time to remind the friend of the meeting: %(day)s, %(hour)s.") % {
        "day": fmt.day(meeting_at),
        "hour": fmt.clock(meeting_at),
    }


@tells("repair.opened")
def opened(tale: Tale) -> str:
    """Nobody asks until it is put right."""
    return _("The client was not happy. Nobody asks until it is put right.")


@tells("repair.done")
def done(tale: Tale) -> str:
    """The rest begins."""
    return _("It is put right with the client; the rest begins.")
