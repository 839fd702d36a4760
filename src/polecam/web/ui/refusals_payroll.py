"""Refusals of payroll: closing, paying, settling."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "month_unknown": gettext_lazy("There is nothing to close in this month."),
    "month_runs": gettext_lazy("This month still runs. It can be closed once it has ended."),
    "month_order": gettext_lazy("An earlier month is closed first: one after the other."),
    "month_closed": gettext_lazy(
        "This month is closed and never opened again. A correction comes as a difference in the "
        "month that is open."
    ),
    "month_before_unpaid": gettext_lazy(
        "The month before is closed, but not yet marked as paid. Do that first."
    ),
    "month_differs": gettext_lazy(
        "Amounts that do not agree with the plan: %(n)s. The nightly check names them in the log; "
        "nothing is closed over them."
    ),
    "month_not_proven": gettext_lazy(
        "The ledger’s own proof found something that does not hold (%(n)s). Ask whoever runs the "
        "installation to look at “polecam verify”; nothing is closed over it."
    ),
    "month_not_asked": gettext_lazy(
        "Nobody has asked for this month to be closed, or not any more."
    ),
    "month_same_person": gettext_lazy(
        "Somebody else closes it: whoever asked never approves their own request."
    ),
    "month_changed": gettext_lazy(
        "Something changed since this was asked for. Nothing was closed: ask again, with the "
        "figures of now."
    ),
    "month_not_closed": gettext_lazy("A month is marked as paid once it is closed."),
    "netting_limit": gettext_lazy("Write a limit from 0,01 to 1 000 000 %(unit)s."),
    "netting_without_consent": gettext_lazy(
        "Without this person’s own written agreement nothing is taken from their money."
    ),
    "netting_over_limit": gettext_lazy("The person agreed to at most %(most)s %(unit)s more."),
    "netting_over_payout": gettext_lazy(
        "The next statement pays %(most)s %(unit)s; no more can be taken."
    ),
    "settle_oneself": gettext_lazy("Nobody settles what they owe themselves. Ask a colleague."),
    "settle_reason": gettext_lazy("Say in a few words why; it stays on record."),
    "settle_amount": gettext_lazy("Write an amount above zero."),
    "settle_more_than_owed": gettext_lazy("That is more than is owed here: %(most)s %(unit)s."),
    "format_columns": gettext_lazy("Choose at least one column of the list, each once."),
    "format_class": gettext_lazy("A tax class is at most 20 letters, digits, dots or dashes."),
}
