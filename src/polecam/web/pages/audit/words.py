"""The words of the auditor's view: accounts, transactions, states, what was checked."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from polecam.bonuses.models import AccountKind, LineState, TransactionKind
from polecam.insights.audit_check import Result
from polecam.web.ui import format as fmt


def account(kind: str) -> str:
    """The name of an account."""
    return {
        AccountKind.EXPENSE: _("Cost of the firm"),
        AccountKind.PENDING: _("Held"),
        AccountKind.PAYABLE: _("Payable"),
        AccountKind.PAID: pgettext("account", "Paid"),
        AccountKind.DISPUTED: _("In dispute"),
        AccountKind.RECEIVABLE: _("Owed back"),
        AccountKind.POOL: _("Branch pool"),
    }[AccountKind(kind)]


def transaction(kind: str) -> str:
    """Why money moved."""
    return {
        TransactionKind.ACCRUE: _("Accrued"),
        TransactionKind.VEST: _("The hold ended"),
        TransactionKind.PAY: _("Paid out"),
        TransactionKind.VOID: _("Taken back"),
        TransactionKind.HOLD: _("Put aside for a dispute"),
        TransactionKind.RELEASE: _("Given back after a dispute"),
        TransactionKind.EXTRA: _("Extra of a mentor or leader"),
        TransactionKind.POOL: _("Into the branch pool"),
        TransactionKind.SHARE_OUT: _("Part of the branch pool"),
        TransactionKind.GUARANTEE: _("Guarantee"),
        TransactionKind.DRAW: _("Advance"),
        TransactionKind.RECOVER: _("Netted with consent"),
        TransactionKind.REPAID: _("Paid back"),
        TransactionKind.WAIVE: _("Let go by the firm"),
    }[TransactionKind(kind)]


def movement(kind: str) -> str:
    """A movement of a statement."""
    return {
        "accrued": _("Accrued"),
        "extra": _("Extra of a mentor or leader"),
        "pool": _("Part of the branch pool"),
        "guarantee": _("Guarantee"),
        "draw": _("Advance"),
        "voided": _("Taken back"),
        "pooled": _("Into the branch pool"),
        "vested": _("The hold ended"),
        "disputed": _("Put aside for a dispute"),
        "released": _("Given back after a dispute"),
        "netted": _("Netted with consent"),
        "repaid": _("Paid back"),
        "waived": _("Let go by the firm"),
        "paid": _("Paid out"),
    }[kind]


def state(code: str) -> str:
    """Where a line is."""
    return {
        LineState.PENDING: pgettext("line", "held"),
        LineState.PAYABLE: pgettext("line", "payable"),
        LineState.PAID: pgettext("line", "paid"),
        LineState.VOID: pgettext("line", "taken back"),
        LineState.OWED: pgettext("line", "owed back"),
        LineState.POOLED: pgettext("line", "in the branch pool"),
    }[LineState(code)]


def fact(kind: str) -> str:
    """What earned it."""
    return {
        "consent": _("confirmed consent"),
        "meeting": _("confirmed meeting"),
        "sale": _("confirmed sale"),
        "retained": _("client who stayed"),
        "reference": _("published reference"),
        "handoff": _("hand-off that won"),
        "coached": _("colleague made ready"),
        "complaint": _("complaint"),
    }[kind]


def result(one: Result) -> tuple[str, str]:
    """What was made anew, and how it compares."""
    name = {
        "lines": _("Amounts, computed anew by the plan"),
        "statements": _("Locked statements, written anew byte for byte"),
        "ledger": _("Balances and the ledger’s own proofs"),
        "seals": _("The journal and its seals"),
    }[one.code]
    n = fmt.number(one.n)
    said = {
        "lines": _("Compared: %(n)s lines. Every one is what the plan says."),
        "statements": _("Compared: %(n)s statements. Every one is the same to the byte."),
        "ledger": _("Proofs: %(n)s. Every balance is the sum of its entries, every entry stands."),
        "seals": _("Days sealed: %(n)s. Nothing was changed, nothing is missing."),
    }[one.code]
    return name, said % {"n": n}
