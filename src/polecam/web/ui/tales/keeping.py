"""Copies of the house, and its coming back from one."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.web.ui.sentences import Tale, tells


@tells("backup.made")
def made(tale: Tale) -> str:
    """Whole, sealed, on the disk."""
    return _("A copy of everything was made.")


@tells("backup.tried")
def tried(tale: Tale) -> str:
    """The drill."""
    return _("A copy was restored on trial, and everything held.")


@tells("backup.failed")
def failed(tale: Tale) -> str:
    """The admin's page of tasks says why."""
    return _("A copy could not be made.")


@tells("data.restored")
def restored(tale: Tale) -> str:
    """With what was held back, since somebody must look at it."""
    held = int(tale.data.get("held", 0))
    if not held:
        return _("Everything came back from a copy.")
    return ngettext(
        "Everything came back from a copy; %(n)s message waits for somebody to look at it.",
        "Everything came back from a copy; %(n)s messages wait for somebody to look at them.",
        held,
    ) % {"n": held}


@tells("data.moved")
def moved(tale: Tale) -> str:
    """To another database."""
    return _("Everything moved to another database.")
