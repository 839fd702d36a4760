"""Whom a plan covers: the firm, a branch, a role, one person; from a day until a day."""

from datetime import datetime

from polecam.bonuses.models import Assignment, Plan
from polecam.organisation.models import Branch
from polecam.people.models import Person


def assign(
    *,
    by: Person,
    at: datetime,
    plan: Plan,
    since: datetime,
    until: datetime | None = None,
    branch: Branch | None = None,
    role: str = "",
    person: Person | None = None,
) -> Assignment:
    """The plan covers `person`, else the `role` (in `branch` or the firm), else the `branch`, else
    the firm, from `since` until `until` (half-open; None: no end). Nobody assigns themselves.

    The nearest assignment counts; the plan that covers everybody needs none. Whoever may
    MANAGE_PLANS. Raises Refused("plan_assign_oneself", "plan_backwards", "period_backwards",
    "plan_assigned_twice", "choice_unknown"), NotAllowed.
    """
    raise NotImplementedError


def end(*, by: Person, at: datetime, assignment: Assignment, until: datetime) -> Assignment:
    """It ends at `until`, now or later. Raises Refused("plan_backwards", "period_backwards",
    "plan_assignment_over"), NotAllowed."""
    raise NotImplementedError
