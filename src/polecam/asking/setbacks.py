"""The private notebook, read by its seller alone; and repairs that wait for their owner."""

from django.db.models import Q, QuerySet

from polecam.asking.models import Repair, Setback
from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.people.queries import away

KINDS = ("refused", "no_show", "not_wanted", "given_away", "harsh", "other")
"""A refusal, somebody who did not come, no interest, a client given away, harsh words."""
LONGEST = 600
"""Of each text, in characters."""


def of(person: Person) -> QuerySet[Setback]:
    """The person's own pages, open ones first, newest first. Nobody else has a query for them."""
    return Setback.objects.filter(seller=person).order_by("closed_at", "-noted_at", "-id")


def repairs_of(person: Person) -> QuerySet[Repair]:
    """What the person still has to put right: it is the client's owner's, whoever that is now.

    While the owner is away, it also waits for whoever leads the branch: a client who was not happy
    does not wait for the end of a holiday.
    """
    mine = Q(client__owner=person) | Q(client__owner=None, owner=person)
    who = standing(person)
    branches = set(who.branches(Permission.PLAN_ABSENCE))
    branches &= set(who.branches(Permission.SEE_BRANCH_CLIENTS))
    if branches:
        gone = away(who.on).values("person_id")
        mine |= Q(client__owner__in=gone, client__branch__in=branches)
    return (
        Repair.objects.filter(mine, done_at=None, client__party__erased_at=None)
        .select_related("client__party", "client__owner", "moment")
        .order_by("due_on", "id")
    )
