"""The branch pool, coaching, a month filled up, engagements: in sentences.

What one sale brought is not told as an amount: it would tell a colleague's bonus.
"""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


@tells("pool.flowed")
def flowed(tale: Tale) -> str:
    """From a sale, or from somebody who left."""
    if tale.data["kind"] == "left":
        return _("By the plan, the part of somebody who left flowed into the branch pool.")
    return _("A part of what a sale saved flowed into the branch pool.")


@tells("pool.taken_back")
def taken_back(tale: Tale) -> str:
    """All of it, or what the pool still held."""
    if tale.data["back_grosze"] < tale.data["grosze"]:
        return _("What a sale had brought left the pool, as far as the pool still held it.")
    return _("What a sale had brought left the branch pool with it.")


@tells("pool.shared_out")
def shared_out(tale: Tale) -> str:
    """How much, among how many."""
    return ngettext(
        "The branch pool was divided: %(amount)s gross for %(n)s person.",
        "The branch pool was divided: %(amount)s gross for %(n)s people.",
        tale.data["people"],
    ) % {"amount": fmt.zl(tale.data["grosze"]), "n": tale.data["people"]}


@tells("coaching.confirmed")
def coaching(tale: Tale) -> str:
    """Who helped, to those two; else without names."""
    if tale.reader is not None and tale.data["mentor"] == tale.reader.pk:
        return _("It was confirmed that you made a colleague ready.")
    if tale.reader is not None and tale.data["colleague"] == tale.reader.pk:
        return _("It was confirmed that a colleague made you ready.")
    return _("It was confirmed that somebody made a colleague ready.")


@tells("month.filled")
def filled(tale: Tale) -> str:
    """A guarantee is a bonus, a draw an advance; the amount to the seller alone."""
    month = {"month": fmt.month(tale.data["month"])}
    mine = tale.reader is not None and tale.data["person"] == tale.reader.pk
    amount = {"amount": fmt.zl(tale.data["grosze"])} if mine else {}
    if tale.data["kind"] == "guarantee":
        if mine:
            return _("Your guarantee filled up %(month)s by %(amount)s gross.") % (month | amount)
        return _("A guarantee filled up %(month)s.") % month
    if mine:
        return _("An advance filled up %(month)s by %(amount)s gross.") % (month | amount)
    return _("An advance filled up %(month)s.") % month


@tells("engagement.begun", "engagement.ended")
def engagement(tale: Tale) -> str:
    """From which day; its terms stay with the person and payroll."""
    if tale.event.kind == "engagement.begun":
        return _("An engagement was written down from %(day)s on.") % {
            "day": fmt.day(date.fromisoformat(tale.data["since"]))
        }
    return _("An engagement ends on %(day)s.") % {
        "day": fmt.day(date.fromisoformat(tale.data["until"]))
    }
