"""A client reacted badly: no ask until it is put right, and one thing to do for the owner."""

from datetime import datetime, timedelta

from polecam.actions.moments import close_moment, note_moment
from polecam.actions.ownership import require_own
from polecam.asking import setbacks
from polecam.asking.models import MomentKind, MomentSource, Repair, RepairReason
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
        return begin_for(client, client.owner or by, reason, by=by, at=at)


def begin_for(
    client: Client,
    owner: Person,
    reason: str,
    *,
    by: Person | None,
    at: datetime,
    source: str = MomentSource.TAPS,
    source_key: str = "",
) -> Repair:
    """Inner step, under the client's lock: the open repair, else a new one for `owner`.

    `source`, `source_key`: how the house learned of it, for the complaint that goes with it.
    """
    standing = Repair.objects.filter(client=client, done_at=None).first()
    if standing:
        return standing
    today = day_of(at, settings.zone())
    moment = note_moment(
        by=by,
        at=at,
        client=client,
        kind=MomentKind.COMPLAINT,
        on=today,
        source=source,
        source_key=source_key,
    )
    repair = Repair.objects.create(
        client=client,
        owner=owner,
        reason=reason,
        moment=moment,
        opened_at=at,
        due_on=today + timedelta(days=DAYS),
    )
    data = {"client": client.public_id, "due": repair.due_on}
    if source == MomentSource.TAPS:
        data["reason"] = str(reason)
    record("repair.opened", repair, by=by, at=at, branch=client.branch_id, data=data)
    return repair


def finish(*, by: Person, at: datetime, repair: Repair) -> Repair:
    """It is put right: the rest after a complaint runs from now. Twice is once.

    Raises NotAllowed for anyone but the client's owner as it is now, or while the owner is away
    whoever leads the branch (setbacks.repairs_of).
    """
    with action():
        client = lock(repair.client)
        repair = lock(repair)
        own = (client.owner_id or repair.owner_id) == by.pk
        if not own and not setbacks.repairs_of(by).filter(pk=repair.pk).exists():
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
