"""Whom a plan covers: the firm, a branch, a role, one person; from a day until a day."""

from datetime import datetime

from django.db.models import Q, QuerySet

from polecam.bonuses.models import Assignment, Plan
from polecam.bonuses.planning.rules import starts
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation import settings
from polecam.organisation.models import Branch
from polecam.people.models import Person, Role
from polecam.people.permissions import Permission, require, standing
from polecam.store.tx import action, lock, lock_keys


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

    The nearest assignment counts; the plan that covers everybody needs none. `since` today is
    from now on. Whoever may MANAGE_PLANS. Raises Refused("plan_assign_oneself", "plan_backwards",
    "plan_period", "plan_assigned_twice", "plan_assign_whom", "choice_unknown"), NotAllowed.
    """
    for place in _touched(plan, branch, person):
        require(by, Permission.MANAGE_PLANS, place)
    since = _from_now_on(since, at)
    if until is not None and until <= since:
        raise Refused("plan_period", field="until")
    if role and role not in Role.values:
        raise Refused("choice_unknown", field="role")
    if person is not None and (role or branch):
        raise Refused("plan_assign_whom", field="person")
    if person is not None and person.pk == by.pk:
        raise Refused("plan_assign_oneself", field="person")
    with action():
        lock_keys(["plan-assignments"])
        if _together(since, until).filter(branch=branch, role=role, person=person).exists():
            raise Refused("plan_assigned_twice")
        made = Assignment.objects.create(
            plan=plan,
            branch=branch,
            role=role,
            person=person,
            since=since,
            until=until,
            made_by=by,
        )
        _tell("plan.assigned", made, by=by, at=at)
    return made


def end(*, by: Person, at: datetime, assignment: Assignment, until: datetime) -> Assignment | None:
    """It ends at `until`, now or later; one that would end before it begins is gone (None).

    Raises Refused("plan_backwards", "plan_assignment_over"), NotAllowed.
    """
    with action():
        assignment = lock(assignment)
        require(by, Permission.MANAGE_PLANS, assignment.plan.branch_id or assignment.branch_id)
        until = _from_now_on(until, at)
        if assignment.until is not None and assignment.until <= at:
            raise Refused("plan_assignment_over")
        gone = until <= assignment.since
        assignment.until = until
        _tell("plan.assignment_ended", assignment, by=by, at=at)
        if gone:
            assignment.delete()
            return None
        assignment.save(update_fields=["until"])
    return assignment


def _touched(plan: Plan, branch: Branch | None, person: Person | None) -> set[int | None]:
    """Every branch whose people it reaches: whoever assigns manages plans in all of them."""
    places = {plan.branch_id, branch.pk if branch else None}
    if person is not None:
        places |= set(standing(person).roles)
    return {place for place in places if place} or {None}


def _from_now_on(moment: datetime, at: datetime) -> datetime:
    moment = starts(moment, at, settings.zone())
    if moment < at:
        raise Refused("plan_backwards", field="since")
    return moment


def _together(since: datetime, until: datetime | None) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(Q(until=None) | Q(until__gt=since))
    return rows if until is None else rows.filter(since__lt=until)


def _tell(kind: str, made: Assignment, *, by: Person, at: datetime) -> None:
    data = {
        "plan": made.plan.public_id,
        "branch": made.branch_id,
        "role": made.role,
        "person": made.person_id,
        "since": made.since,
        "until": made.until,
    }
    record(kind, made, by=by, at=at, branch=made.plan.branch_id or made.branch_id, data=data)
