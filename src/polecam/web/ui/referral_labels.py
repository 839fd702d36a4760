"""Names of the codes that work on referrals and sales leaves behind, for pages and the journal."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

Labels = Mapping[str, str | Promise]

NEEDS: Labels = {
    "home": lazy("looking for a home"),
    "firm": lazy("starting or running a firm"),
    "moving": lazy("moving house"),
    "car": lazy("thinking of a car"),
    "saving": lazy("saving up"),
    "insurance": lazy("thinking of insurance"),
    "other": lazy("has something in mind"),
}
CHANNELS: Labels = {
    "phone": lazy("phone"),
    "sms": lazy("SMS"),
    "email": lazy("e-mail"),
    "visit": lazy("a visit in the branch"),
}
RESULTS: Labels = {
    "reached": lazy("We talked"),
    "no_answer": lazy("No answer"),
    "wrong_number": lazy("Wrong number"),
}
STEPS: Labels = {
    "call": lazy("Call"),
    "email": lazy("Write an e-mail"),
    "offer": lazy("Prepare an offer"),
    "documents": lazy("Documents"),
    "decision": lazy("Decision"),
}
LOST: Labels = {
    "no_need": lazy("No need for it"),
    "not_now": lazy("Not now"),
    "other_firm": lazy("Chose another firm"),
    "no_contact": lazy("Could not be reached"),
    "no_agreement": lazy("We did not agree on terms"),
    "sale_void": lazy("The sale was voided"),
}
LATE: Labels = {
    "papers": lazy("The papers came later"),
    "absence": lazy("I was away"),
    "forgotten": lazy("I write it down only now"),
}
VOID: Labels = {
    "mistake": lazy("A mistake"),
    "not_concluded": lazy("The contract was not concluded"),
    "cancelled": lazy("The client withdrew from the contract"),
}
GROUNDS: Labels = {
    "misinformed": lazy("Wrong or missing information"),
    "pressure": lazy("Pressure"),
    "service": lazy("Service"),
    "other": lazy("Something else"),
}
SALE_STATES: Labels = {
    "reported": pgettext_lazy("a sale", "waiting for confirmation"),
    "confirmed": pgettext_lazy("a sale", "confirmed"),
    "retained": pgettext_lazy("a sale", "confirmed"),
    "void": pgettext_lazy("a sale", "voided"),
}
