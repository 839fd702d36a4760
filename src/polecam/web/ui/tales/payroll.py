"""Payroll in sentences. Amounts are told to the person alone; sums of a month to nobody here."""

from django.utils.translation import gettext as _

from polecam.web.ui import format as fmt
from polecam.web.ui.sentences import Tale, tells


def _own(tale: Tale) -> bool:
    return tale.reader is not None and tale.data.get("person") == tale.reader.pk


def _month(tale: Tale) -> dict[str, str]:
    return {"month": fmt.month(tale.data["month"])}


@tells("payroll_month.asked")
def asked(tale: Tale) -> str:
    """The first of four eyes."""
    return _("Somebody asked that %(month)s be closed.") % _month(tale)


@tells("payroll_month.not_asked")
def not_asked(tale: Tale) -> str:
    """Taken back."""
    return _("The request to close %(month)s was taken back.") % _month(tale)


@tells("payroll_month.closed")
def closed(tale: Tale) -> str:
    """The other two eyes."""
    return _("A second person closed %(month)s. It never changes any more.") % _month(tale)


@tells("payroll_month.paid")
def paid(tale: Tale) -> str:
    """Everybody of the month."""
    return _("Everything due for %(month)s was marked as paid.") % _month(tale)


@tells("statement.published", "statement.changed")
def published(tale: Tale) -> str:
    """To look at before the closing."""
    if tale.event.kind == "statement.changed":
        return _("The statement for %(month)s was written anew before the closing.") % _month(tale)
    return _("The statement for %(month)s was published.") % _month(tale)


@tells("statement.locked")
def locked(tale: Tale) -> str:
    """Byte for byte."""
    return _("The statement for %(month)s was locked.") % _month(tale)


@tells("statement.paid")
def statement_paid(tale: Tale) -> str:
    """The amount to its own person."""
    if not _own(tale) or not tale.data["grosze"]:
        return _("The statement for %(month)s was marked as paid.") % _month(tale)
    return _("Paid for %(month)s: %(amount)s gross.") % {
        **_month(tale),
        "amount": fmt.zl(tale.data["grosze"]),
    }


@tells("settlement.made")
def settled(tale: Tale) -> str:
    """A debt, or a part of it, is no more."""
    said = {
        "netted": _("A part of what was owed back was taken from the next payment, as agreed"),
        "repaid": _("A part of what was owed back was paid back"),
        "waived": _("The firm let a part of what was owed back go"),
    }[tale.data["way"]]
    if not _own(tale):
        return f"{said}."
    return f"{said}: {fmt.zl(tale.data['amount_grosze'])}."


@tells("netting_consent.given")
def agreed(tale: Tale) -> str:
    """By the person themselves."""
    return _("A written agreement to taking what is owed back from later payments was given.")


@tells("netting_consent.withdrawn")
def disagreed(tale: Tale) -> str:
    """At any time."""
    return _("The agreement to taking what is owed back from later payments was withdrawn.")


@tells("payroll_format.set")
def formatted(tale: Tale) -> str:
    """Columns and tax classes."""
    return _("The columns and tax classes of the payroll file were set.")
