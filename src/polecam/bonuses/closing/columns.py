"""The columns of the payroll file, and what stands in them. Values only: files are made by a page.

Amounts are gross grosze; texts are texts. The firm chooses columns and their order, dated, and
writes the tax class of each kind of engagement as its payroll system calls it: none is assumed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from polecam.bonuses.closing.figures import LABELS, Figures
from polecam.bonuses.models import PayrollFormat
from polecam.people.models import EngagementKind

AMOUNTS = (
    "opening",
    "accrued",
    "extra",
    "pool",
    "guarantee",
    "draw",
    "voided",
    "vested",
    "netted",
    "paid",
    "closing",
    "payout",
)
"""Amounts of a statement; the others are texts and whole numbers."""

COLUMNS = (
    "last_name",
    "first_name",
    "number",
    "email",
    "branch",
    "month",
    "engagement",
    "label",
    "tax_class",
    "full_time",
    "lines",
    "state",
    "statement",
    *AMOUNTS,
)
STANDARD = (
    "last_name",
    "first_name",
    "branch",
    "engagement",
    "label",
    "tax_class",
    "accrued",
    "voided",
    "netted",
    "closing",
    "payout",
)


@dataclass(frozen=True, slots=True)
class Payee:
    """Whose statement it is. `number`: the person's public id, for matching files."""

    first_name: str
    last_name: str
    email: str
    branch: str
    state: str
    statement: str


def current(at: datetime) -> PayrollFormat:
    """The format in force at `at`; the standard one (unsaved) before the first."""
    rows = PayrollFormat.objects.filter(valid_from__lte=at).order_by("-valid_from", "-id")
    return rows.first() or PayrollFormat(columns=list(STANDARD), tax_classes={}, valid_from=at)


def cells(
    columns: list[str], found: Figures, payee: Payee, tax_classes: Mapping[str, str]
) -> list[str | int]:
    """A row: texts as str, numbers and amounts (AMOUNTS: grosze) as int."""
    kind = str(found.engagement["kind"])
    moved = dict.fromkeys(AMOUNTS, 0)
    for one in found.movements:
        if one.kind in moved:
            moved[one.kind] += one.amount or one.moved
    values: dict[str, str | int] = {
        "last_name": payee.last_name,
        "first_name": payee.first_name,
        "number": found.person,
        "email": payee.email,
        "branch": payee.branch,
        "month": found.month,
        "engagement": kind,
        "label": LABELS[EngagementKind(kind)],
        "tax_class": tax_classes.get(kind, ""),
        "full_time": int(str(found.engagement["full_time_bp"])) // 100,
        "lines": len(found.payout.lines),
        "state": payee.state,
        "statement": payee.statement,
        **moved,
        "opening": found.opening["total"],
        "closing": found.closing["total"],
        "payout": found.payout.amount,
    }
    return [values[column] for column in columns]
