"""What a plan counts, in words: each kind of fact as a name, counted, and inside a sentence.

Polish bends a noun by its place in the sentence, so each place has a whole phrase of its own.
"""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext, pgettext_lazy

from polecam.bonuses.models import FactKind
from polecam.web.ui import format as fmt

NAMES: dict[str, Promise] = {
    FactKind.CONSENT: pgettext_lazy("plan", "Confirmed consent"),
    FactKind.MEETING: pgettext_lazy("plan", "Meeting"),
    FactKind.SALE: pgettext_lazy("plan", "Sale"),
    FactKind.RETAINED: pgettext_lazy("plan", "Client who stays"),
    FactKind.REFERENCE: pgettext_lazy("plan", "Reference"),
    FactKind.HANDOFF: pgettext_lazy("plan", "Hand-off that won"),
    FactKind.COACHED: pgettext_lazy("plan", "Colleague coached"),
    FactKind.COMPLAINT: pgettext_lazy("plan", "Complaint upheld"),
}
"""A kind of fact as a heading or in a menu."""


def for_what(kind: str, *, months: str = "") -> str:
    """The beginning of a rule: `Za potwierdzoną sprzedaż z polecenia`.

    `months`: how long a client stays, already counted in words (`12 miesięcy`).
    """
    phrases: dict[str, str] = {
        FactKind.CONSENT: _("For a recommended person's confirmed consent"),
        FactKind.MEETING: _("For the first confirmed meeting with a recommended person"),
        FactKind.SALE: _("For a confirmed sale from a referral"),
        FactKind.RETAINED: _("For a client from a referral who stays with us for %(months)s"),
        FactKind.REFERENCE: _("For a client's published reference"),
        FactKind.HANDOFF: _("For a referral handed on to a colleague who makes the sale"),
        FactKind.COACHED: _("For making a colleague ready for their first asks"),
        FactKind.COMPLAINT: _("For a client's complaint that was upheld"),
    }
    return phrases[kind].replace("%(months)s", months)


def months(n: int) -> str:
    """`1 miesiąc`, `3 miesiące`, `12 miesięcy`."""
    return fmt.tie(npgettext("how long", "%(n)s month", "%(n)s months", n) % {"n": n})


def _consents(n: int) -> str:
    return ngettext("%(n)s confirmed consent", "%(n)s confirmed consents", n)


def _meetings(n: int) -> str:
    return ngettext("%(n)s confirmed meeting", "%(n)s confirmed meetings", n)


def _sales(n: int) -> str:
    return ngettext("%(n)s confirmed sale", "%(n)s confirmed sales", n)


def _retained(n: int) -> str:
    return ngettext("%(n)s client who stayed", "%(n)s clients who stayed", n)


def _references(n: int) -> str:
    return ngettext("%(n)s published reference", "%(n)s published references", n)


def _handoffs(n: int) -> str:
    return ngettext("%(n)s hand-off that won", "%(n)s hand-offs that won", n)


def _coached(n: int) -> str:
    return ngettext("%(n)s colleague coached", "%(n)s colleagues coached", n)


def _complaints(n: int) -> str:
    return ngettext("%(n)s complaint upheld", "%(n)s complaints upheld", n)


COUNTED: dict[str, Callable[[int], str]] = {
    FactKind.CONSENT: _consents,
    FactKind.MEETING: _meetings,
    FactKind.SALE: _sales,
    FactKind.RETAINED: _retained,
    FactKind.REFERENCE: _references,
    FactKind.HANDOFF: _handoffs,
    FactKind.COACHED: _coached,
    FactKind.COMPLAINT: _complaints,
}


def counted(kind: str, n: int) -> str:
    """`1 potwierdzone spotkanie`, `5 potwierdzonych spotkań`."""
    return fmt.tie(COUNTED[kind](n) % {"n": n})


def none_of(kind: str) -> str:
    """`ani jednego spotkania`: the condition of a month without."""
    return {
        FactKind.CONSENT: _("no confirmed consent"),
        FactKind.MEETING: _("no confirmed meeting"),
        FactKind.SALE: _("no confirmed sale"),
        FactKind.RETAINED: _("no client who stayed"),
        FactKind.REFERENCE: _("no published reference"),
        FactKind.HANDOFF: _("no hand-off that won"),
        FactKind.COACHED: _("no colleague coached"),
        FactKind.COMPLAINT: _("no complaint upheld"),
    }[FactKind(kind)]


def has_also(kind: str) -> str:
    """What a referral must have before an amount is payable: `potwierdzoną sprzedaż`."""
    return {
        FactKind.CONSENT: pgettext("the referral also has", "a confirmed consent"),
        FactKind.MEETING: pgettext("the referral also has", "a confirmed meeting"),
        FactKind.SALE: pgettext("the referral also has", "a confirmed sale"),
        FactKind.RETAINED: pgettext("the referral also has", "a client who stayed"),
        FactKind.REFERENCE: pgettext("the referral also has", "a published reference"),
        FactKind.HANDOFF: pgettext("the referral also has", "a hand-off that won"),
        FactKind.COACHED: pgettext("the referral also has", "a colleague coached"),
        FactKind.COMPLAINT: pgettext("the referral also has", "a complaint upheld"),
    }[FactKind(kind)]
