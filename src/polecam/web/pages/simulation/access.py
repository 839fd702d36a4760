"""Whose plans and whose months somebody may try out: who writes or approves them, nobody else."""

from django.http import Http404

from polecam.bonuses.models import PlanVersion
from polecam.bonuses.planning.queries import visible_plans
from polecam.organisation.tree import within
from polecam.people.models import Person, Role
from polecam.people.permissions import Permission, standing

TRYING = frozenset({Role.MANAGER, Role.ADMIN, Role.PAYROLL})
RIGHTS = (Permission.WRITE_PLAN, Permission.APPROVE_PLAN, Permission.MANAGE_PLANS)


def version_of(person: Person, ref: str) -> PlanVersion:
    """A version the person may write or approve. Raises Http404."""
    rows = PlanVersion.objects.filter(plan__in=visible_plans(person)).select_related("plan")
    found = rows.filter(public_id=ref).first()
    if found is None:
        raise Http404
    return found


def branches_of(person: Person, version: PlanVersion) -> list[int]:
    """Ids of the branches whose amounts the person sees here: their own, and of a branch's plan
    that branch with its teams. Raises Http404 where none is left."""
    able = standing(person)
    ids = {branch for right in RIGHTS for branch in able.branches(right)}
    if version.plan.branch_id is not None:
        ids &= set(within(version.plan.branch_id, able.on))
    if not ids:
        raise Http404
    return sorted(ids)
