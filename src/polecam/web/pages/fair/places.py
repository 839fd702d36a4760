"""The doors that the page Fair leads to, and who sees each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from polecam.people.models import Role
from polecam.people.permissions import REGION

SELLING = frozenset({Role.SELLER, Role.MANAGER})
DECIDING = frozenset({Role.MANAGER, Role.ADMIN})
EVERYONE = frozenset(Role.values)


@dataclass(frozen=True, slots=True)
class Door:
    """One place: its address, name, one sentence, and whose it is."""

    name: str
    label: str | Promise
    note: str | Promise
    icon: str
    roles: frozenset[str]


PLACES = (
    Door(
        "handoffs:list",
        _("Hand-offs"),
        _("Give a friend to a colleague who fits better, with a split both of you see first."),
        "handshake",
        SELLING,
    ),
    Door(
        "favours:list",
        _("Joint sales and favours"),
        _("What you brought each other. Each balance is seen by the two of you only."),
        "users",
        SELLING,
    ),
    Door(
        "verify:mine",
        _("My receipts"),
        _("Signed proof of what you brought. It needs no trust in anyone."),
        "badge-check",
        SELLING,
    ),
    Door(
        "disputes:list",
        _("Something does not add up?"),
        _("Decided within two days by somebody who is no party."),
        "scale",
        SELLING | DECIDING | {REGION},
    ),
    Door(
        "notebook:mine",
        _("My notebook"),
        _("What went badly, and what you do next time. Only you read it."),
        "book-open",
        SELLING,
    ),
    Door(
        "shares:extras",
        _("For mentors and leaders"),
        _("An extra for help with one referral, from the branch's own budget."),
        "sprout",
        frozenset({Role.MANAGER}),
    ),
    Door(
        "portfolio:list",
        _("Portfolios that move"),
        _("Somebody leaves or a portfolio is divided: who gets what, and how to undo it."),
        "folder-output",
        DECIDING,
    ),
    Door(
        "matches:list",
        _("One person or two?"),
        _("Records that may be one person. Joining loses nothing and can be undone."),
        "copy-check",
        DECIDING,
    ),
    Door(
        "proof:seals",
        _("Proof"),
        _("Each night the journal is closed under one number. Nobody rewrites history."),
        "shield-check",
        EVERYONE | {REGION},
    ),
)
