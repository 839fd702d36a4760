"""The catalogue of moments, its dates and its inlets in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.web.ui.sentences import Tale, tells


@tells("moment_type.changed")
def moment_type_changed(tale: Tale) -> str:
    """Words, strength, length, or whether it is used."""
    if tale.data.get("used"):
        return _("A kind of moment was changed.")
    return _("A kind of moment was put out of use.")


@tells("moment_type.added")
def moment_type_added(tale: Tale) -> str:
    """Good or wrong."""
    if tale.data.get("good"):
        return _("A good moment was added to the catalogue.")
    return _("A wrong moment was added to the catalogue.")


@tells("moment_type.taken_back")
def moment_type_taken_back(tale: Tale) -> str:
    """One of the firm's own."""
    return _("A kind of moment was taken back.")


@tells("date_rule.changed")
def date_rule_changed(tale: Tale) -> str:
    """On, off, or on another day."""
    if tale.data.get("used"):
        return _("Moments now come by a date.")
    return _("Moments come by that date no more.")


@tells("date_rule.applied")
def date_rule_applied(tale: Tale) -> str:
    """How many."""
    n = int(tale.data.get("moments") or 0)
    return ngettext("%(n)s moment came by its date.", "%(n)s moments came by their date.", n) % {
        "n": n
    }


@tells("inlet.opened")
def inlet_opened(tale: Tale) -> str:
    """Webhook or e-mail."""
    if tale.data.get("kind") == "email":
        return _("An e-mail address for moments was opened.")
    return _("A webhook for moments was opened.")


@tells("inlet.closed")
def inlet_closed(tale: Tale) -> str:
    """For good."""
    return _("An inlet was closed.")
