"""The bonus in sentences. Amounts are told to the seller alone."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


def _own(tale: Tale) -> bool:
    return tale.reader is not None and tale.data.get("person") == tale.reader.pk


@tells("bonus.credited")
def bonus_credited(tale: Tale) -> str:
    """What earned it, and how much."""
    said = {
        "consent": _("The consent was credited"),
        "meeting": _("The meeting was credited"),
        "sale": _("The sale was credited"),
        "retained": _("It was credited that the client stayed"),
        "reference": _("The reference was credited"),
        "handoff": _("The hand-off that won was credited"),
        "coached": _("The help for a colleague was credited"),
        "complaint": _("The complaint was counted"),
    }[tale.data["kind"]]
    if not _own(tale) or not tale.data["amount_grosze"]:
        return f"{said}."
    return _("%(said)s: %(amount)s gross for you.") % {
        "said": said,
        "amount": fmt.zl(tale.data["amount_grosze"]),
    }


@tells("bonus.vested")
def bonus_vested(tale: Tale) -> str:
    """The hold ended."""
    if not _own(tale):
        return _("The hold ended, the amount is payable.")
    return _("The hold ended: %(amount)s gross became payable, this amount among them.") % {
        "amount": fmt.zl(tale.data["grosze"])
    }


@tells("bonus.voided")
def bonus_voided(tale: Tale) -> str:
    """Taken back."""
    return _("The amount was taken back.")


@tells("bonus.run")
def bonus_run(tale: Tale) -> str:
    """The nightly check."""
    month = fmt.month(tale.data["month"])
    if tale.data["wrong"]:
        wrong = tale.data["wrong"]
        return ngettext(
            "The bonus for %(month)s was computed anew: %(n)s amount differed.",
            "The bonus for %(month)s was computed anew: %(n)s amounts differed.",
            wrong,
        ) % {"month": month, "n": wrong}
    return _("The bonus for %(month)s was computed anew: every amount agrees.") % {"month": month}
