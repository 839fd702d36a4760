"""Whole portfolios move, and move back, in the background."""

from datetime import datetime

from polecam.actions.portfolio_work import work_off
from polecam.claims.models import BulkHandoff
from polecam.journal.models import Event
from polecam.people.models import Person

KINDS = frozenset({"portfolio.started", "portfolio.undoing"})


def handle(event: Event, at: datetime) -> None:
    """Do what is left of it; a step that was done is not done again."""
    bulk = BulkHandoff.objects.select_related("giver").get(public_id=event.subject)
    work_off(bulk=bulk, by=Person.objects.get(pk=event.by_id or 0), at=at)
