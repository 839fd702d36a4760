"""Plans, credited facts, lines with their trace, and the double-entry ledger."""

from polecam.bonuses.models import guards as _guards
from polecam.bonuses.models.extras import ExtraPosting
from polecam.bonuses.models.ledger import (
    Account,
    AccountKind,
    Entry,
    LedgerTransaction,
    Line,
    LineState,
    TransactionKind,
)
from polecam.bonuses.models.plans import (
    Component,
    CreditedFact,
    FactKind,
    Leaver,
    Plan,
    PlanVersion,
)
from polecam.bonuses.models.suspense import Suspense

__all__ = [
    "Account",
    "AccountKind",
    "Component",
    "CreditedFact",
    "Entry",
    "ExtraPosting",
    "FactKind",
    "Leaver",
    "LedgerTransaction",
    "Line",
    "LineState",
    "Plan",
    "PlanVersion",
    "Suspense",
    "TransactionKind",
    "_guards",
]
