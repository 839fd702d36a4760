"""Reads of the officer's desk. No names: whose a request is, is read on the person's own page."""

from datetime import datetime

from django.db.models import QuerySet

from polecam.people.models import Person
from polecam.people.permissions import Permission, standing
from polecam.privacy.models import PersonRequest


def visible_to(person: Person) -> QuerySet[PersonRequest]:
    """Every request, for whoever keeps the register; nothing for anybody else."""
    rows = PersonRequest.objects.select_related("party", "noted_by", "done_by")
    return rows if standing(person).may(Permission.KEEP_REGISTER) else rows.none()


def open_requests(person: Person) -> QuerySet[PersonRequest]:
    """What waits, the nearest deadline first."""
    return visible_to(person).filter(done_at=None).order_by("due_on", "id")


def answered_since(person: Person, at: datetime) -> QuerySet[PersonRequest]:
    """What was answered since `at`, newest first."""
    return visible_to(person).filter(done_at__gte=at).order_by("-done_at", "-id")
