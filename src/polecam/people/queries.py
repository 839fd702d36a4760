"""Who sees which people."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from polecam.organisation.models import Branch
from polecam.organisation.tree import today, within
from polecam.people.models import Absence, Membership, Person, Role, Skill, Welcome
from polecam.people.permissions import Permission, standing
from polecam.store.clock import now

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
    """Everyone who asks in a branch now, its teams included, by name; never by result."""
    present = selling(within(branch, today(now()))).values("person_id")
    return Person.objects.filter(pk__in=present, is_active=True).order_by("first_name", "last_name")


def selling(places: Iterable[int]) -> QuerySet[Membership]:
    """The current roles of those who ask in these places."""
    return Membership.objects.filter(
        branch_id__in=places, until=None, role__in=SELLING_ROLES, person__is_active=True
    )


def left(people: Iterable[int], *, at: datetime | None) -> set[int]:
    """Those of these people (ids) who no longer worked here at `at` (None: now).

    Also of somebody who came back later: what happened between stays as it was.
    """
    if at is None:
        gone = Person.objects.filter(pk__in=list(people), is_active=False)
        return set(gone.values_list("pk", flat=True))
    rows = Membership.objects.filter(person__in=list(people), since__lte=at)
    spans = rows.values_list("person_id", "until")
    here = {person for person, until in spans if until is None or until > at}
    return {person for person, _until in spans if person not in here}


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


def founder() -> Person | None:
    """Whoever is setting the firm up: the first person, until a branch is open."""
    if Branch.objects.exists():
        return None
    return Person.objects.order_by("id").first()


def administered() -> bool:
    """Whether somebody who can sign in administers the firm."""
    admins = Membership.objects.filter(role=Role.ADMIN, until=None, person__is_active=True)
    return admins.exists()
