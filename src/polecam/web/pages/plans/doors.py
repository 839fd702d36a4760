"""Who comes to the pages of plans, and how a plan is found for them."""

from django.http import Http404

from polecam.bonuses.models import PlanVersion
from polecam.bonuses.planning import queries as plan_queries
from polecam.organisation.tree import today, tree
from polecam.people.models import Membership, Person, Role
from polecam.people.permissions import ROLES, Permission
from polecam.store.clock import now
from polecam.web.access import REGIONS

COVERING = frozenset({Role.MANAGER, Role.ADMIN})
"""Who sees whom a plan covers, by name."""
WRITERS = COVERING | REGIONS
APPROVERS = frozenset({Role.ADMIN, Role.PAYROLL})
READING = COVERING | APPROVERS
"""Who sees who has read a version, by name."""
PLANNERS = WRITERS | APPROVERS


def visible(person: Person, ref: str) -> PlanVersion:
    """A version of a plan that the person may write or approve. 404 for anyone else."""
    rows = PlanVersion.objects.select_related(
        "plan__branch", "based_on", "submitted_by", "returned_by", "published_by"
    )
    version = rows.filter(plan__in=plan_queries.visible_plans(person), public_id=ref).first()
    if version is None:
        raise Http404
    return version


def written_by(person: Person, ref: str) -> PlanVersion:
    """A version of a plan that the person may write."""
    version = visible(person, ref)
    if not plan_queries.may_write(person, version.plan):
        raise Http404
    return version


def approvers(version: PlanVersion, *, but: Person | None = None) -> list[Person]:
    """Who may publish a draft as the second person, by name."""
    roles = [role for role, rights in ROLES.items() if Permission.APPROVE_PLAN in rights]
    rows = Membership.objects.filter(role__in=roles, until=None, person__is_active=True)
    if version.plan.branch_id is not None:
        places = [version.plan.branch_id, *tree(today(now())).above(version.plan.branch_id)]
        rows = rows.filter(branch__in=places)
    if but is not None:
        rows = rows.exclude(person=but)
    found = {row.person_id: row.person for row in rows.select_related("person")}
    return sorted(found.values(), key=lambda person: (person.last_name, person.first_name))
