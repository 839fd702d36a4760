"""Sales and complaints in sentences."""

from datetime import date

from django.utils.translation import gettext as _

from polecam.web.ui import format as fmt
from polecam.web.ui.referral_labels import VOID
from polecam.web.ui.sentences import Tale, tells


@tells("sale.reported")
def reported(tale: Tale) -> str:
    """Probable only."""
    if tale.data.get("corrected"):
        return _("The figures of the sale were corrected.")
    day = fmt.day(date.fromisoformat(tale.data["sold_on"]))
    return _("Sale of %(day)s reported. It waits for someone else's word.") % {"day": day}


@tells("sale.confirmed")
def confirmed(tale: Tale) -> str:
    """By whom or by what."""
    if tale.data.get("via") == "file":
        return _("The sale was confirmed by the firm's sales file.")
    if tale.mine:
        return _("Sale confirmed by you.")
    if tale.by is None:
        return _("The sale was confirmed by the branch.")
    return _("%(who)s confirms the sale.") % {"who": tale.by.first_name}


@tells("sale.retained")
def retained(tale: Tale) -> str:
    """The clawback is over."""
    return _("The sale stands: the time in which it could be taken back is over.")


@tells("sale.voided")
def voided(tale: Tale) -> str:
    """Why it does not count."""
    reason = str(VOID.get(tale.data.get("reason", ""), ""))
    return _("The sale was voided: %(reason)s.") % {"reason": reason[:1].lower() + reason[1:]}


@tells("complaint.recorded")
def complaint_recorded(tale: Tale) -> str:
    """Nothing is decided yet."""
    return _("A complaint on the sale was recorded. The amount waits for the decision.")


@tells("complaint.upheld")
def complaint_upheld(tale: Tale) -> str:
    """Unpaid lines are void."""
    return _("The complaint was upheld. The unpaid amount of this sale lapses.")


@tells("complaint.rejected")
def complaint_rejected(tale: Tale) -> str:
    """All stays."""
    return _("The complaint was rejected. Nothing changes for the sale.")
