"""Receipts and those who keep the day's roots, in sentences."""

from django.utils.translation import gettext as _

from polecam.web.ui.sentences import Tale, tells


@tells("receipt.issued")
def receipt_issued(tale: Tale) -> str:
    """Its number; whose it is, only its holder's own copy says."""
    return _("Receipt no. %(number)s was signed.") % {"number": tale.data["number"]}


@tells("root_holder.began")
def root_holder_began(tale: Tale) -> str:
    """That, not who."""
    return _("Somebody keeps each day's root outside the house from now on.")


@tells("root_holder.ended")
def root_holder_ended(tale: Tale) -> str:
    """That, not who."""
    return _("Somebody keeps the roots no longer.")
