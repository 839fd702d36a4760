"""Names of the codes that work on referrals and sales leaves behind, for pages and the journal."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

Labels = Mapping[str, str | Promise]

NEEDS: Labels = {
    "home": gettext_lazy("looking for a home"),
    "firm": gettext_lazy("starting or running a firm"),
    "moving": gettext_lazy("moving house"),
    "car": gettext_lazy("thinking of a car"),
    "saving": gettext_lazy("saving up"),
    "insurance": gettext_lazy("thinking of insurance"),
    "other": gettext_lazy("has something in mind"),
}
CHANNELS: Labels = {
    "phone": gettext_lazy("phone"),
    "sms": gettext_lazy("SMS"),
    "email": gettext_lazy("e-mail"),
    "visit": gettext_lazy("a visit in the branch"),
}
RESULTS: Labels = {
    "reached": gettext_lazy("We talked"),
    "no_answer": gettext_lazy("No answer"),
    "wrong_number": gettext_lazy("Wrong number"),
}
STEPS: Labels = {
    "call": pgettext_lazy("next step", "Call"),
    "email": gettext_lazy("Write an e-mail"),
    "offer": gettext_lazy("Prepare an offer"),
    "documents": gettext_lazy("Documents"),
    "decision": gettext_lazy("Decision"),
}
LOST: Labels = {
    "no_need": gettext_lazy("No need for it"),
    "not_now": gettext_lazy("Not now"),
    "other_firm": gettext_lazy("Chose another firm"),
    "no_contact": gettext_lazy("Could not be reached"),
    "no_agreement": gettext_lazy("We did not agree on terms"),
    "sale_void": gettext_lazy("The sale was voided"),
}
LATE: Labels = {
    "papers": gettext_lazy("The papers came later"),
    "absence": gettext_lazy("I was away"),
    "forgotten": gettext_lazy("I write it down only now"),
}
VOID: Labels = {
    "mistake": gettext_lazy("A mistake"),
    "not_concluded": gettext_lazy("The contract was not concluded"),
    "cancelled": gettext_lazy("The client withdrew from the contract"),
}
GROUNDS: Labels = {
    "misinformed": gettext_lazy("Wrong or missing information"),
    "pressure": gettext_lazy("Pressure"),
    "service": gettext_lazy("Service"),
    "other": gettext_lazy("Something else"),
}
SALE_STATES: Labels = {
    "reported": pgettext_lazy("a sale", "waiting for confirmation"),
    "confirmed": pgettext_lazy("a sale", "confirmed"),
    "retained": pgettext_lazy("a sale", "confirmed"),
    "void": pgettext_lazy("a sale", "voided"),
}
