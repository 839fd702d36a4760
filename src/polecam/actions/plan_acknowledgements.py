"""A seller has read a version of the plan that covers them."""

from datetime import datetime

from polecam.bonuses.models import Acknowledgement, PlanVersion
from polecam.people.models import Person


def acknowledge(*, by: Person, at: datetime, version: PlanVersion) -> Acknowledgement:
    """`by` has read it; once (a second time changes nothing).

    `bonuses.plan_queries.unread(person, at)` lists what waits to be read, soonest first.
    Raises Refused("plan_not_published", "plan_not_yours").
    """
    raise NotImplementedError
