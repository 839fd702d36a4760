"""Plans, credited facts, lines with their trace, the double-entry ledger, pools and payroll."""

from polecam.bonuses.models import guards as _guards
from polecam.bonuses.models.closing import (
    MonthState,
    NettingConsent,
    PayrollFormat,
    PayrollMonth,
    Settlement,
    SettlementWay,
    Statement,
    StatementState,
)
from polecam.bonuses.models.components import (
    Band,
    Base,
    Component,
    ComponentBudget,
    FactKind,
    Shape,
)
from polecam.bonuses.models.extras import ExtraPosting
from polecam.bonuses.models.facts import CreditedFact
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
    Acknowledgement,
    Assignment,
    Leaver,
    Plan,
    PlanVersion,
    PoolRule,
    VersionChoice,
)
from polecam.bonuses.models.pools import (
    Coaching,
    FlowKind,
    MonthTopUp,
    PoolFlow,
    PoolPart,
    PoolPayout,
)
from polecam.bonuses.models.suspense import Suspense

__all__ = [
    "Account",
    "AccountKind",
    "Acknowledgement",
    "Assignment",
    "Band",
    "Base",
    "Coaching",
    "Component",
    "ComponentBudget",
    "CreditedFact",
    "Entry",
    "ExtraPosting",
    "FactKind",
    "FlowKind",
    "Leaver",
    "LedgerTransaction",
    "Line",
    "LineState",
    "MonthState",
    "MonthTopUp",
    "NettingConsent",
    "PayrollFormat",
    "PayrollMonth",
    "Plan",
    "PlanVersion",
    "PoolFlow",
    "PoolPart",
    "PoolPayout",
    "PoolRule",
    "Settlement",
    "SettlementWay",
    "Shape",
    "Statement",
    "StatementState",
    "Suspense",
    "TransactionKind",
    "VersionChoice",
    "_guards",
]
