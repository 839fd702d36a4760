"""Reads of praise. A praise is seen by its giver and receiver; by others only by consent."""

from django.db.models import F, Q, QuerySet

from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.recognition.models import Praise


def visible_to(person: Person) -> QuerySet[Praise]:
    """Praise in the person's branches: their own, and of those who agreed to good news."""
    branches = standing(person).branches(Permission.SEE_TEAM)
    own = Q(giver=person) | Q(receiver=person)
    agreed = Q(receiver__in_feed_since__lte=F("at"))
    return Praise.objects.filter(own | agreed, branch_id__in=branches, withdrawn_at=None)
