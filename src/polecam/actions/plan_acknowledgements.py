"""A seller has read a version of the plan that covers them."""

from datetime import datetime

from polecam.bonuses.models import Acknowledgement, PlanVersion
from polecam.bonuses.planning.queries import concerns
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.people.models import Person
from polecam.store.tx import action


def acknowledge(*, by: Person, at: datetime, version: PlanVersion) -> Acknowledgement:
    """`by` has read it; once (a second time changes nothing).

    `bonuses.planning.queries.unread(person, at)` lists what waits to be read, soonest first.
    Raises Refused("plan_not_published", "plan_not_yours").
    """
    if version.published_at is None:
        raise Refused("plan_not_published")
    if not concerns(by, version, at):
        raise Refused("plan_not_yours")
    with action():
        made, is_new = Acknowledgement.objects.get_or_create(
            version=version, person=by, defaults={"at": at}
        )
        if is_new:
            data = {"plan": version.plan.public_id, "number": version.number}
            record(
                "plan.acknowledged",
                version,
                by=by,
                at=at,
                branch=version.plan.branch_id,
                data=data,
            )
    return made
