"""What must hold before a month is closed: it has ended, it is next, it is clean."""

from datetime import datetime

from polecam.actions import topups
from polecam.bonuses import engine, verify
from polecam.bonuses.closing import figures as closing
from polecam.bonuses.closing import reads as closing_reads
from polecam.bonuses.closing.totals import stands_for_all
from polecam.bonuses.engine import Scope
from polecam.bonuses.models import MonthState, PayrollMonth
from polecam.kit import periods
from polecam.kit.errors import NotAllowed, Refused
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing


def require_for_all(by: Person | None, *permissions: Permission) -> None:
    """`by` has one of these permissions in the branches of everybody who is paid. NotAllowed."""
    if by is None:
        return
    branches = {b for one in permissions for b in standing(by).branches(one)}
    if not branches or not stands_for_all(branches):
        raise NotAllowed("not_allowed", permission=str(permissions[0]))


def require_ended(month: str, at: datetime) -> None:
    """The month is written right and is over at `at`. Refused("month_unknown", "month_runs")."""
    if not periods.MONTH.match(month):
        raise Refused("month_unknown")
    if month >= periods.month_of(at, settings.zone()):
        raise Refused("month_runs")


def require_next(month: str) -> None:
    """Months are closed one after the other. Refused("month_order", "month_closed")."""
    due = closing.next_to_close()
    if not due:
        raise Refused("month_unknown")
    if month < due:
        raise Refused("month_closed")
    if month > due:
        raise Refused("month_order")


def require_paid_before(month: str) -> None:
    """What was promised for an earlier month is paid first. Refused("month_before_unpaid")."""
    if PayrollMonth.objects.filter(month__lt=month, state=MonthState.CLOSED).exists():
        raise Refused("month_before_unpaid")


def require_clean(month: str) -> None:
    """The month before is paid, every amount agrees with the plan, and the ledger proves itself.

    Refused("month_before_unpaid", "month_differs", "month_not_proven").
    """
    require_paid_before(month)
    differences = engine.differences(until(month))
    if differences:
        raise Refused("month_differs", n=len(differences))
    problems = list(verify.problems())
    if problems:
        raise Refused("month_not_proven", n=len(problems))


def until(month: str) -> Scope:
    """All facts of a month and of those before it that are not closed."""
    last = closing_reads.last_closed()
    return Scope("f.month <= %s AND f.month > %s", (month, last))


def fill_up(month: str, *, at: datetime, by: Person | None) -> None:
    """Guarantees and advances of the month are posted, once."""
    topups.fill_month(month=month, at=at, by=by)
