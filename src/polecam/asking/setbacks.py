"""The private notebook, read by its seller alone; and repairs that wait for their owner."""

from django.db.models import Q, QuerySet

from polecam.asking.models import Repair, Setback
from polecam.people.models import Person

KINDS = ("refused", "no_show", "not_wanted", "given_away", "harsh", "other")
"""A refusal, somebody who did not come, no interest, a client given away, harsh words."""
LONGEST = 600
"""Of each text, in characters."""


def of(person: Person) -> QuerySet[Setback]:
    """The person's own pages, open ones first, newest first. Nobody else has a query for them."""
    return Setback.objects.filter(seller=person).order_by("closed_at", "-noted_at", "-id")


def repairs_of(person: Person) -> QuerySet[Repair]:
    """What the person still has to put right: it is the client's owner's, whoever that is now."""
    mine = Q(client__owner=person) | Q(client__owner=None, owner=person)
    return (
        Repair.objects.filter(mine, done_at=None, client__party__erased_at=None)
        .select_related("client__party", "moment")
        .order_by("due_on", "id")
    )
