"""Who sees which people."""

from django.db.models import QuerySet

from polecam.people.models import Membership, Person, Role, Welcome
from polecam.people.permissions import Permission, standing

SELLING_ROLES = (Role.SELLER, Role.MANAGER)


def visible_to(person: Person) -> QuerySet[Person]:
    """Colleagues of the branches in which `person` sees the team or manages people; themselves."""
    who = standing(person)
    branches = {*who.branches(Permission.MANAGE_PEOPLE), *who.branches(Permission.SEE_TEAM)}
    present = Membership.objects.filter(branch_id__in=branches, until=None).values("person_id")
    found = Person.objects.filter(pk__in=present) | Person.objects.filter(pk=person.pk)
    if who.branches(Permission.MANAGE_PEOPLE):
        gone = Membership.objects.filter(branch_id__in=branches).values("person_id")
        found |= Person.objects.filter(pk__in=gone)
    return found


def team(branch: int) -> QuerySet[Person]:
    """Everyone who asks in a branch now, by name; never by result."""
    present = Membership.objects.filter(
        branch_id=branch, until=None, role__in=SELLING_ROLES
    ).values("person_id")
    return Person.objects.filter(pk__in=present, is_active=True).order_by("first_name", "last_name")


def members(person: Person) -> QuerySet[Membership]:
    """Current roles in the branches whose people `person` manages."""
    branches = standing(person).branches(Permission.MANAGE_PEOPLE)
    return (
        Membership.objects.filter(branch_id__in=branches, until=None)
        .select_related("person", "branch")
        .order_by("branch__name", "person__first_name", "person__last_name", "id")
    )


def welcomes(person: Person) -> QuerySet[Welcome]:
    """Invitations not accepted yet, in the branches whose people `person` manages."""
    branches = standing(person).branches(Permission.MANAGE_PEOPLE)
    return (
        Welcome.objects.filter(branch_id__in=branches, accepted_at=None)
        .select_related("branch")
        .order_by("-created_at", "-id")
    )
