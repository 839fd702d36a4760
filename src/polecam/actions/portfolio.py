"""A whole portfolio moves: drafted, looked at, run as one operation, undone."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from polecam.claims import division
from polecam.claims.models import (
    BulkHandoff,
    BulkItem,
    BulkState,
    BulkWhy,
    Handoff,
    HandoffKind,
    HandoffState,
)
from polecam.insights import portfolio as reads
from polecam.journal.record import record
from polecam.kit.errors import Refused
from polecam.organisation.models import Branch
from polecam.people.models import Person
from polecam.people.permissions import Permission, require
from polecam.store.tx import action, lock

RUNNING = (BulkState.RUNNING, BulkState.UNDOING)
CHUNK = 1000


def draft(
    *,
    by: Person | None,
    at: datetime,
    giver: Person,
    branch: Branch,
    to: Sequence[Person],
    leaving: bool = False,
) -> BulkHandoff:
    """Draft who gets what of the giver's portfolio: clients in equal parts, referrals with them.

    An earlier draft of the same giver is dropped. `leaving`: the giver leaves (or has left), so
    that what they lead moves, too; else only their clients do. Raises Refused("division_nobody",
    "division_empty", "division_running", "owner_unfit"), NotAllowed.
    """
    with action():
        require(by, Permission.DIVIDE_PORTFOLIO, branch.pk)
        giver = lock(giver)
        _require_takers(giver, branch.pk, to)
        if BulkHandoff.objects.filter(giver=giver, state__in=RUNNING).exists():
            raise Refused("division_running")
        for old in BulkHandoff.objects.filter(giver=giver, state=BulkState.DRAFT):
            _drop(old, by=by, at=at)
        bulk = BulkHandoff.objects.create(
            branch=branch,
            giver=giver,
            why=BulkWhy.LEAVING if leaving or not giver.is_active else BulkWhy.DIVISION,
            made_by=by or giver,
            made_at=at,
        )
        if not _fill(bulk, giver, to, at=at):
            raise Refused("division_empty")
        _tell("portfolio.drafted", bulk, by=by, at=at, why=str(bulk.why), people=len(to))
    return bulk


def draft_for_leaver(
    *, by: Person | None, at: datetime, giver: Person, branches: Sequence[Branch]
) -> BulkHandoff | None:
    """An inner step of leaving: what they had is dealt out in a draft, equally, for the boss to
    look at. A draft made before stays. None where there is nothing, or nobody, to divide.
    """
    known = BulkHandoff.objects.filter(giver=giver, state=BulkState.DRAFT).first()
    if known is not None and known.why == BulkWhy.LEAVING:
        return known
    for branch in branches:
        to = list(reads.receivers(giver, branch.pk))
        with suppress(Refused):
            return draft(by=by, at=at, giver=giver, branch=branch, to=to, leaving=True)
    return None


def divide(
    *, by: Person, at: datetime, bulk: BulkHandoff, counts: Mapping[Person, int]
) -> BulkHandoff:
    """Divide the clients of a draft otherwise: so many for each colleague; the sum is the whole.

    What the giver leads goes with its client, unless it was given by hand since. Raises
    Refused("division_sum", "division_over", "owner_unfit"), NotAllowed.
    """
    with action():
        bulk = _drafted(by, bulk)
        people = [person for person, count in counts.items() if count]
        items = list(BulkItem.objects.filter(bulk=bulk, client__isnull=False).order_by("id"))
        numbers = [counts[person] for person in people]
        division.check_counts(list(counts.values()), len(items))
        _require_takers(bulk.giver, bulk.branch_id, people)
        before = {item.client_id: item.receiver_id for item in items}
        for item, turn in zip(items, division.deal(numbers), strict=True):
            item.receiver_id = people[turn].pk
        BulkItem.objects.bulk_update(items, ["receiver"], batch_size=CHUNK)
        after = {item.client_id: item.receiver_id for item in items}
        _follow_clients(bulk, before, after)
        _tell("portfolio.changed", bulk, by=by, at=at, people=len(people))
    return bulk


def give(*, by: Person, at: datetime, item: BulkItem, to: Person | None) -> BulkItem:
    """Choose the colleague for one thing of a draft; None: it stays where it is.

    Raises Refused("division_over", "owner_unfit"), NotAllowed.
    """
    with action():
        bulk = _drafted(by, item.bulk)
        if to is not None:
            _require_takers(bulk.giver, bulk.branch_id, [to])
        item = lock(item)
        if item.receiver_id != (to.pk if to else None):
            item.receiver = to
            item.save(update_fields=["receiver"])
            _tell("portfolio.changed", bulk, by=by, at=at, people=1)
    return item


def drop(*, by: Person, at: datetime, bulk: BulkHandoff) -> BulkHandoff:
    """Nothing moves; the draft stays on record. Raises Refused("division_over"), NotAllowed."""
    with action():
        bulk = _drafted(by, bulk)
        _drop(bulk, by=by, at=at)
    return bulk


def start(*, by: Person, at: datetime, bulk: BulkHandoff) -> BulkHandoff:
    """Run a draft: the worker moves it in short steps (actions.portfolio_work). Twice is once.

    Raises Refused("division_still_here") while whoever leaves can still sign in,
    Refused("division_taker_left") where a colleague of the draft no longer sells in the branch,
    Refused("division_over"), NotAllowed.
    """
    with action():
        bulk = lock(bulk)
        require(by, Permission.DIVIDE_PORTFOLIO, bulk.branch_id)
        if bulk.state in (BulkState.RUNNING, BulkState.DONE):
            return bulk
        if bulk.state != BulkState.DRAFT:
            raise Refused("division_over")
        if bulk.why == BulkWhy.LEAVING and bulk.giver.is_active:
            raise Refused("division_still_here")
        fit = reads.receivers(bulk.giver, bulk.branch_id).values("pk")
        takers = BulkItem.objects.filter(bulk=bulk, receiver__isnull=False)
        if takers.exclude(receiver__in=fit).exists():
            raise Refused("division_taker_left")
        bulk.state, bulk.done_at = BulkState.RUNNING, at
        bulk.save(update_fields=["state", "done_at"])
        _tell("portfolio.started", bulk, by=by, at=at)
    return bulk


def undo(*, by: Person, at: datetime, bulk: BulkHandoff) -> BulkHandoff:
    """Take a bulk hand-off back: everything to which nothing has happened since. Twice is once.

    Raises Refused("division_over"), NotAllowed.
    """
    with action():
        bulk = lock(bulk)
        require(by, Permission.DIVIDE_PORTFOLIO, bulk.branch_id)
        if bulk.state in (BulkState.UNDOING, BulkState.UNDONE):
            return bulk
        if bulk.state != BulkState.DONE:
            raise Refused("division_over")
        bulk.state, bulk.undone_at = BulkState.UNDOING, at
        bulk.save(update_fields=["state", "undone_at"])
        _tell("portfolio.undoing", bulk, by=by, at=at)
    return bulk


# --- steps ----------------------------------------------------------------------------------------


def _drafted(by: Person, bulk: BulkHandoff) -> BulkHandoff:
    bulk = lock(bulk)
    require(by, Permission.DIVIDE_PORTFOLIO, bulk.branch_id)
    if bulk.state != BulkState.DRAFT:
        raise Refused("division_over")
    return bulk


def _require_takers(giver: Person, branch_id: int, to: Sequence[Person]) -> None:
    if not to:
        raise Refused("division_nobody", field="to")
    fit = set(reads.receivers(giver, branch_id).values_list("pk", flat=True))
    if any(person.pk not in fit for person in to):
        raise Refused("owner_unfit", field="to")


def _drop(bulk: BulkHandoff, *, by: Person | None, at: datetime) -> None:
    bulk.state = BulkState.DROPPED
    bulk.save(update_fields=["state"])
    _tell("portfolio.dropped", bulk, by=by, at=at)


def _fill(bulk: BulkHandoff, giver: Person, to: Sequence[Person], *, at: datetime) -> int:
    """The things of the draft, dealt out; how many."""
    clients = list(
        reads.clients_of(giver, bulk.branch_id).order_by("since", "id").values_list("pk", flat=True)
    )
    turns = division.deal(division.equal(len(clients), len(to)))
    taker = {pk: to[turn].pk for pk, turn in zip(clients, turns, strict=True)}
    items = [
        BulkItem(bulk=bulk, client_id=pk, receiver_id=taker[pk], before_owner=giver)
        for pk in clients
    ]
    led = reads.led_by(giver, bulk.branch_id, at=at).order_by("until", "id")
    led_ids = list(led.values_list("referral_id", "referral__client_id"))
    covered = _covered(giver, [referral for referral, _client in led_ids])
    for place, (referral, client) in enumerate(led_ids):
        receiver = covered.get(referral) or taker.get(client) or to[place % len(to)].pk
        moves = bulk.why == BulkWhy.LEAVING
        items.append(
            BulkItem(bulk=bulk, referral_id=referral, receiver_id=receiver if moves else None)
        )
    BulkItem.objects.bulk_create(items, batch_size=CHUNK)
    return len(items)


def _covered(giver: Person, referrals: Sequence[int]) -> dict[int, int]:
    """Referrals that the giver works for somebody who is away: back to them."""
    rows = Handoff.objects.filter(
        referral__in=referrals,
        receiver=giver,
        kind=HandoffKind.ABSENCE,
        state=HandoffState.DONE,
        giver__is_active=True,
    )
    return dict(rows.order_by("id").values_list("referral_id", "giver_id"))


def _follow_clients(
    bulk: BulkHandoff,
    before: Mapping[int | None, int | None],
    after: Mapping[int | None, int | None],
) -> None:
    """Referrals that went with their client still do."""
    led = list(
        BulkItem.objects.filter(
            bulk=bulk, referral__isnull=False, receiver__isnull=False
        ).select_related("referral")
    )
    changed = []
    for item in led:
        client = item.referral.client_id if item.referral else None
        if client in after and item.receiver_id == before[client]:
            item.receiver_id = after[client]
            changed.append(item)
    BulkItem.objects.bulk_update(changed, ["receiver"], batch_size=CHUNK)


def _tell(kind: str, bulk: BulkHandoff, *, by: Person | None, at: datetime, **data: object) -> None:
    about = {"giver": bulk.giver.public_id}
    record(kind, bulk, by=by, at=at, branch=bulk.branch_id, data=about | data)
