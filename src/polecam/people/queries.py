"""Who sees which people."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from polecam.people.models import Absence, Membership, Person, Role, Skill, Welcome
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


def left(people: Iterable[int], *, at: datetime | None) -> set[int]:
    """Those of these people (ids) who no longer worked here at `at` (None: now)."""
    gone = Person.objects.filter(pk__in=list(people), is_active=False)
    if at is None:
        return set(gone.values_list("pk", flat=True))
    then = Membership.objects.filter(since__lte=at).filter(Q(until=None) | Q(until__gt=at))
    return set(gone.exclude(pk__in=then.values("person_id")).values_list("pk", flat=True))


def away(on: date) -> QuerySet[Absence]:
    """Absences that last on a day and were not ended before."""
    return Absence.objects.filter(since__lte=on, until__gt=on, ended_at=None)


def absences(person: Person) -> QuerySet[Absence]:
    """Absences, running or ahead, that concern `person`: their own, those they cover, and of
    everyone in the branches where they plan absences."""
    branches = standing(person).branches(Permission.PLAN_ABSENCE)
    present = Membership.objects.filter(branch_id__in=branches, until=None).values("person_id")
    found = Absence.objects.filter(person=person) | Absence.objects.filter(cover=person)
    if branches:
        found |= Absence.objects.filter(person_id__in=present)
    return found.select_related("person", "cover").order_by("since", "id")


def skills(person: Person) -> set[tuple[str, str]]:
    """What the person says they can do: (kind, value)."""
    return set(Skill.objects.filter(person=person).values_list("kind", "value"))


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
