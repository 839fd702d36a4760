"""A client reacted badly: no ask until it is put right, and one thing to do for the owner."""

from datetime import datetime, timedelta

from polecam.actions.moments import close_moment, note_moment
from polecam.actions.ownership import require_own
from polecam.asking.models import MomentKind, Repair, RepairReason
from polecam.clients.models import Client
from polecam.journal.record import record
from polecam.kit.errors import NotAllowed, Refused
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.store.tx import action, lock

DAYS = 2
"""A client who was annoyed should hear from us soon."""


def begin(*, by: Person, at: datetime, client: Client, reason: str) -> Repair:
    """Note that the client reacted badly; one open repair a client, so twice is once.

    A complaint moment keeps everybody from asking until the repair is done and the rest after a
    complaint is over. The task is the owner's. Raises Refused("repair_reason"), NotAllowed.
    """
    if reason not in RepairReason.values:
        raise Refused("repair_reason", field="reason")
    with action():
        client = lock(client)
        require_own(by, client)
        standing = Repair.objects.filter(client=client, done_at=None).first()
        if standing:
            return standing
        today = day_of(at, settings.zone())
        moment = note_moment(by=by, at=at, client=client, kind=MomentKind.COMPLAINT, on=today)
        repair = Repair.objects.create(
            client=client,
            owner_id=client.owner_id or by.pk,
            reason=reason,
            moment=moment,
            opened_at=at,
            due_on=today + timedelta(days=DAYS),
        )
        data = {"client": client.public_id, "reason": str(reason), "due": repair.due_on}
        record("repair.opened", repair, by=by, at=at, branch=client.branch_id, data=data)
    return repair


def finish(*, by: Person, at: datetime, repair: Repair) -> Repair:
    """It is put right: the rest after a complaint runs from now. Twice is once.

    Raises NotAllowed for anyone but the owner.
    """
    with action():
        client = lock(repair.client)
        repair = lock(repair)
        if repair.owner_id != by.pk:
            raise NotAllowed("not_your_client")
        if repair.done_at is not None:
            return repair
        repair.done_at = at
        repair.save(update_fields=["done_at"])
        moment = repair.moment
        if moment is not None and moment.closed_at is None:
            close_moment(by=None, at=at, moment=moment)
        data = {"client": client.public_id}
        record("repair.done", repair, by=by, at=at, branch=client.branch_id, data=data)
    return repair
