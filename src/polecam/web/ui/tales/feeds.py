"""Nightly files and exports in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.web.ui.sentences import Tale, tells


@tells("feed.opened")
def opened(tale: Tale) -> str:
    """Set up."""
    return _("A nightly file was set up.")


@tells("feed.accepted")
def accepted(tale: Tale) -> str:
    """A human looked."""
    return _("The nightly file was looked at; later ones are read alike.")


@tells("feed.left")
def left(tale: Tale) -> str:
    """Not this one."""
    return _("The nightly file that waited was left.")


@tells("feed.held")
def held(tale: Tale) -> str:
    """It waits."""
    return _("The nightly file waits until somebody has looked at it.")


@tells("feed.failed")
def failed(tale: Tale) -> str:
    """Not there, or not to be read."""
    return _("The nightly file could not be fetched.")


@tells("feed.ran")
def ran(tale: Tale) -> str:
    """On its way."""
    rows = int(tale.data.get("rows", 0))
    return ngettext(
        "The nightly file came: %(n)s row.", "The nightly file came: %(n)s rows.", rows
    ) % {"n": rows}


@tells("feed.wanted")
def wanted(tale: Tale) -> str:
    """At once."""
    return _("The nightly file was asked for at once.")


@tells("feed.paused")
def paused(tale: Tale) -> str:
    """Not for now."""
    return _("The nightly file was paused.")


@tells("feed.resumed")
def resumed(tale: Tale) -> str:
    """It goes on."""
    return _("The nightly file goes on.")


@tells("feed.closed")
def closed(tale: Tale) -> str:
    """Never again."""
    return _("The nightly file is not fetched any more.")


@tells("export.made")
def exported(tale: Tale) -> str:
    """Somebody took along what they may see."""
    rows = int(tale.data.get("rows", 0))
    return ngettext("An export was made: %(n)s row.", "An export was made: %(n)s rows.", rows) % {
        "n": rows
    }


@tells("export.of_leaver")
def handed_over(tale: Tale) -> str:
    """Payroll fetched the records of somebody who left."""
    return _("Their own records were fetched, to be handed over to them.")
