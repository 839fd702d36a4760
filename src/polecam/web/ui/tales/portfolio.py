"""Portfolios that move, reminders, and what a leaver's part becomes, in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells

PLAIN = {
    "portfolio.drafted": lambda: _("A division of a portfolio was drafted."),
    "portfolio.changed": lambda: _("The drafted division was changed."),
    "portfolio.dropped": lambda: _("The drafted division was dropped."),
    "portfolio.started": lambda: _("A portfolio began to move."),
    "portfolio.undoing": lambda: _("A portfolio is on its way back."),
}


@tells(*PLAIN)
def plain(tale: Tale) -> str:
    """What happened, without names."""
    return PLAIN[tale.event.kind]()


@tells("portfolio.moved", "portfolio.undone")
def moved(tale: Tale) -> str:
    """How much."""
    clients = ngettext("%(n)s client", "%(n)s clients", tale.data["clients"])
    led = ngettext("%(n)s referral", "%(n)s referrals", tale.data["referrals"])
    said = {
        "clients": clients % {"n": tale.data["clients"]},
        "referrals": led % {"n": tale.data["referrals"]},
    }
    if tale.event.kind == "portfolio.moved":
        return _("A portfolio has moved: %(clients)s, %(referrals)s.") % said
    return _("A portfolio is back. Left where they are: %(clients)s, %(referrals)s.") % said


@tells("claim.reminded")
def reminded(tale: Tale) -> str:
    """How many days before the end."""
    return _("A reminder: %(days)s before the end of the exclusivity.") % {
        "days": fmt.days(tale.data["days"])
    }


@tells("bonus.inherited")
def inherited(tale: Tale) -> str:
    """The plan says so."""
    return _("By the plan, the part of somebody who left, %(share)s, goes to who works on.") % {
        "share": fmt.percent(tale.data["share_bp"])
    }
