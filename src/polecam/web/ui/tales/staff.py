"""People's own story in sentences: invitations, moves, deputies, leaving and coming back."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


def _day(tale: Tale, key: str) -> str:
    return fmt.weekday(date.fromisoformat(tale.data[key]))


@tells("person.reminded")
def reminded(tale: Tale) -> str:
    """The same link once more."""
    return _("The invitation was sent once more.")


@tells("person.uninvited")
def uninvited(tale: Tale) -> str:
    """Its link works no longer."""
    return _("The invitation was withdrawn.")


@tells("person.left")
def left(tale: Tale) -> str:
    """Authorship never moves."""
    return _("Stopped working here. What they brought stays theirs.")


@tells("person.returned")
def returned(tale: Tale) -> str:
    """The same person, with a new role."""
    return _("Works here again.")


@tells("departure.planned")
def departure_planned(tale: Tale) -> str:
    """From which day on."""
    return _("A last day was planned; from %(day)s they work here no longer.") % {
        "day": _day(tale, "on")
    }


@tells("departure.cancelled")
def departure_cancelled(tale: Tale) -> str:
    """They stay."""
    return _("The planned last day was taken back.")


@tells("move.planned")
def move_planned(tale: Tale) -> str:
    """From which day on."""
    return _("A move to another branch was planned for %(day)s.") % {"day": _day(tale, "on")}


@tells("move.cancelled")
def move_cancelled(tale: Tale) -> str:
    """Everything stays."""
    return _("The planned move was taken back.")


@tells("move.done")
def move_done(tale: Tale) -> str:
    """With how many clients."""
    count = tale.data.get("clients", 0)
    if not count:
        return _("Moved to another branch.")
    return ngettext(
        "Moved to another branch, with %(n)s client.",
        "Moved to another branch, with %(n)s clients.",
        count,
    ) % {"n": count}


@tells("client.moved")
def client_moved(tale: Tale) -> str:
    """The adviser stays the same."""
    return _("Went along to another branch with their adviser.")


@tells("absence.uncovered")
def uncovered(tale: Tale) -> str:
    """Whoever stood in has left."""
    return _("Whoever was to stand in works here no longer; nobody stands in.")


@tells("deputy.named")
def deputy_named(tale: Tale) -> str:
    """From when until when."""
    return _("A deputy stands in for the boss from %(since)s until %(until)s.") % {
        "since": _day(tale, "since"),
        "until": _day(tale, "until"),
    }


@tells("deputy.ended")
def deputy_ended(tale: Tale) -> str:
    """Ended by hand."""
    return _("The deputy stands in no longer.")
