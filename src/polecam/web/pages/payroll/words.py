"""The words of payroll: states of months, columns, totals, kinds of engagement."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from polecam.bonuses.models import StatementState
from polecam.insights.closing_desk import Month
from polecam.people.models import EngagementKind
from polecam.web.ui import format as fmt

TONES = {"asked": "honey", "closed": "chaber", "paid": "leaf", "open": "honey"}


def state(code: str) -> str:
    """Where a month is."""
    return {
        "running": pgettext("month", "runs"),
        "waiting": pgettext("month", "waits for an earlier one"),
        "open": pgettext("month", "to be closed"),
        "asked": pgettext("month", "waits for a second person"),
        "closed": pgettext("month", "closed, to be paid"),
        "paid": pgettext("month", "paid"),
    }[code]


def state_of_statement(code: str) -> str:
    """Where a statement is."""
    return {
        StatementState.PUBLISHED: pgettext("statement", "published"),
        StatementState.LOCKED: pgettext("statement", "locked"),
        StatementState.PAID: pgettext("statement", "paid"),
    }[StatementState(code)]


def engagement(kind: str) -> str:
    """On what footing somebody works."""
    return {
        EngagementKind.EMPLOYMENT: _("employment"),
        EngagementKind.CIVIL: _("civil contract"),
        EngagementKind.B2B: _("B2B"),
    }[EngagementKind(kind)]


def label(code: str) -> str:
    """What the money is called in the payroll, by the kind of engagement; always gross."""
    return {
        "premium": _("bonus, gross"),
        "fee": _("commission / fee, gross"),
        "invoice": _("commission, by invoice, gross"),
    }[code]


def column(code: str) -> str:
    """The head of a column of the payroll file."""
    return {
        "last_name": _("Last name"),
        "first_name": _("First name"),
        "number": _("Person’s number"),
        "email": _("Work e-mail"),
        "branch": _("Branch"),
        "month": _("Month"),
        "engagement": _("Engagement"),
        "label": _("What it is"),
        "tax_class": _("Tax class"),
        "full_time": _("Part of full time, percent"),
        "lines": _("Lines paid"),
        "state": _("State"),
        "statement": _("Statement’s number"),
        "opening": _("Opening, gross"),
        "accrued": _("Accrued, gross"),
        "extra": _("Extras, gross"),
        "pool": _("Branch pool, gross"),
        "guarantee": _("Guarantee, gross"),
        "draw": _("Advance, gross"),
        "voided": _("Taken back, gross"),
        "vested": _("Became payable, gross"),
        "netted": _("Netted with consent, gross"),
        "paid": _("Paid in the month, gross"),
        "closing": _("Not yet paid, gross"),
        "payout": _("To be paid, gross"),
    }[code]


def when(month: Month) -> str:
    """What happened last to a month, in words without names."""
    row = month.row
    if row is None:
        return ""
    if row.paid_at:
        return _("paid on %(day)s") % {"day": fmt.day(row.paid_at)}
    if row.closed_at:
        return _("closed on %(day)s") % {"day": fmt.day(row.closed_at)}
    if row.asked_at:
        return _("asked for on %(day)s") % {"day": fmt.day(row.asked_at)}
    return ""


def total(code: str) -> str:
    """The name of a control total."""
    return {
        "people": _("People with a statement"),
        "paid_people": _("of them paid"),
        "lines": _("Lines paid"),
        "opening": _("Opening, gross"),
        "accrued": _("Accrued, gross"),
        "extra": _("Extras, gross"),
        "pool": _("Branch pool, gross"),
        "guarantee": _("Guarantees, gross"),
        "draw": _("Advances, gross"),
        "voided": _("Taken back, gross"),
        "pooled": _("Passed on to the pool, gross"),
        "vested": _("Became payable, gross"),
        "disputed": _("Put aside in disputes, gross"),
        "released": _("Given back after disputes, gross"),
        "netted": _("Netted with consent, gross"),
        "repaid": _("Paid back, gross"),
        "waived": _("Let go, gross"),
        "paid": _("Paid in the month, gross"),
        "closing": _("Not yet paid, gross"),
        "payout": _("To be paid, gross"),
        "payout_employment": _("of it bonuses of the employed"),
        "payout_civil": _("of it fees under civil contracts"),
        "payout_b2b": _("of it by invoice"),
    }[code]
