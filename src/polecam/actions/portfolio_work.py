"""A bulk hand-off at work: short steps, so that everybody else can write in between.

Stopped half-way it goes on where it was; the way back likewise. What has changed since the draft is
left where it is.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from polecam.actions import handoff_steps as steps
from polecam.actions import handoffs, leaving
from polecam.asking.models import Ask
from polecam.bonuses.models import Leaver
from polecam.claims.models import (
    OPEN_HANDOFFS,
    BulkHandoff,
    BulkItem,
    BulkState,
    BulkWhy,
    Claim,
    Handoff,
    HandoffKind,
    HandoffState,
)
from polecam.clients.models import Client
from polecam.insights import portfolio as reads
from polecam.journal.models import Event
from polecam.journal.record import record, record_many
from polecam.kit.errors import NotAllowed, Refused
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.referrals.states import WORKABLE
from polecam.store.tx import action, lock

CLIENTS, REFERRALS = 100, 4
"""In one step: some tens of milliseconds."""
Step = Callable[[BulkHandoff, list[BulkItem]], None]


class Stopped(Exception):
    """Somebody else has finished it meanwhile."""


def work_off(*, bulk: BulkHandoff, by: Person, at: datetime) -> BulkHandoff:
    """Do all that is left of a running bulk hand-off, or of its undoing; harmless when done twice.

    `by`: whoever started it.
    """
    run = _Run(by, at)
    try:
        if bulk.state == BulkState.RUNNING:
            _all(bulk, BulkState.RUNNING, moved=False, clients=run.clients, led=run.referrals)
            return _finish(bulk, BulkState.DONE, "portfolio.moved", by=by, at=at)
        if bulk.state == BulkState.UNDOING:
            _all(bulk, BulkState.UNDOING, moved=True, clients=run.clients_back, led=run.led_back)
            return _finish(bulk, BulkState.UNDONE, "portfolio.undone", by=by, at=at)
    except Stopped:
        bulk.refresh_from_db()
    return bulk


def _all(bulk: BulkHandoff, state: str, *, moved: bool, clients: Step, led: Step) -> None:
    wanted = BulkItem.objects.filter(bulk=bulk, moved=moved, receiver__isnull=False)
    for some in _chunks(wanted.filter(client__isnull=False), CLIENTS):
        with action():
            clients(_going(bulk, state), some)
    for some in _chunks(wanted.filter(referral__isnull=False), REFERRALS):
        with action():
            led(_going(bulk, state), some)


def _chunks(items: QuerySet[BulkItem], size: int) -> Iterator[list[BulkItem]]:
    """In the order of ids, each once, whatever becomes of it."""
    last = 0
    while some := list(items.filter(pk__gt=last).order_by("pk")[:size]):
        yield some
        last = some[-1].pk


def _going(bulk: BulkHandoff, state: str) -> BulkHandoff:
    bulk = lock(bulk)
    if bulk.state != state:
        raise Stopped
    return bulk


def _finish(bulk: BulkHandoff, state: str, kind: str, *, by: Person, at: datetime) -> BulkHandoff:
    with action():
        bulk = _going(bulk, bulk.state)
        if bulk.state not in (BulkState.RUNNING, BulkState.UNDOING):
            return bulk
        bulk.state = state
        bulk.save(update_fields=["state"])
        items = BulkItem.objects.filter(bulk=bulk, moved=True)
        data = {
            "giver": bulk.giver.public_id,
            "clients": items.filter(client__isnull=False).count(),
            "referrals": items.filter(referral__isnull=False).count(),
        }
        record(kind, bulk, by=by, at=at, branch=bulk.branch_id, data=data)
    return bulk


class _Run:
    """The steps, for whoever started them and one instant."""

    def __init__(self, by: Person, at: datetime) -> None:
        self.by, self.at = by, at

    def clients(self, bulk: BulkHandoff, items: list[BulkItem]) -> None:
        """Clients get their new owners, unless they have another one by now."""
        rows = self._lock_clients(items)
        going = [i for i in items if rows[i.client_id or 0].owner_id == bulk.giver_id]
        owners = self._people(items)
        for owner_id in sorted({item.receiver_id or 0 for item in going}):
            own = [item.client_id or 0 for item in going if item.receiver_id == owner_id]
            Client.objects.filter(pk__in=own).update(owner=owner_id, updated_at=self.at)
        BulkItem.objects.filter(pk__in=[item.pk for item in going]).update(moved=True)
        clients = [rows[item.client_id or 0] for item in going]
        leaving.keep_dates(clients, bulk.giver, by=self.by, at=self.at, bulk=bulk.public_id)
        self._tell_owners(
            bulk,
            [
                (rows[i.client_id or 0], owners[i.receiver_id or 0], bulk.giver.public_id)
                for i in going
            ],
        )

    def clients_back(self, bulk: BulkHandoff, items: list[BulkItem]) -> None:
        """Clients go back, unless they moved on or their new owner has asked them."""
        rows = self._lock_clients(items)
        used = self._used(bulk, items)
        going = [
            item
            for item in items
            if rows[item.client_id or 0].owner_id == item.receiver_id and item.client_id not in used
        ]
        owners = self._people(items)
        pks = [item.client_id or 0 for item in going]
        Client.objects.filter(pk__in=pks).update(owner=bulk.giver, updated_at=self.at)
        self._wake(bulk, {pk: rows[pk] for pk in pks})
        BulkItem.objects.filter(pk__in=[item.pk for item in going]).update(moved=False)
        self._tell_owners(
            bulk,
            [
                (rows[i.client_id or 0], bulk.giver.public_id, owners[i.receiver_id or 0])
                for i in going
            ],
        )

    def _lock_clients(self, items: list[BulkItem]) -> dict[int, Client]:
        ids = [item.client_id or 0 for item in items]
        rows = Client.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
        return {client.pk: client for client in rows.order_by("pk")}

    def _people(self, items: list[BulkItem]) -> dict[int, str]:
        ids = {item.receiver_id or 0 for item in items}
        return dict(Person.objects.filter(pk__in=ids).values_list("pk", "public_id"))

    def _tell_owners(self, bulk: BulkHandoff, moves: list[tuple[Client, str, str]]) -> None:
        told = [
            (client.public_id, {"owner": owner, "before": before, "bulk": bulk.public_id})
            for client, owner, before in moves
        ]
        record_many(
            "client.assigned", "client", told, by=self.by, at=self.at, branch=bulk.branch_id
        )

    def _used(self, bulk: BulkHandoff, items: list[BulkItem]) -> set[int]:
        """Clients with whom the new owner has begun something since."""
        since, own = bulk.done_at, OuterRef("owner")
        asked = Ask.objects.filter(client=OuterRef("pk"), seller=own, asked_at__gte=since)
        named = Referral.objects.filter(
            client=OuterRef("pk"), originator=own, captured_at__gte=since
        )
        ids = [item.client_id or 0 for item in items]
        both = Client.objects.filter(pk__in=ids).filter(Exists(asked) | Exists(named))
        return set(both.values_list("pk", flat=True))

    def _wake(self, bulk: BulkHandoff, rows: dict[int, Client]) -> None:
        """A rest that began with this hand-off ends with it."""
        by_public_id = {client.public_id: client for client in rows.values()}
        events = Event.objects.filter(
            kind="client.resting", branch_id=bulk.branch_id, at__gte=bulk.done_at
        )
        for event in events.order_by("id"):
            client = by_public_id.get(event.subject)
            if client is None or event.data.get("bulk") != bulk.public_id:
                continue
            until, before = event.data["until"], event.data.get("before")
            if client.resting_until and client.resting_until.isoformat() == until:
                Client.objects.filter(pk=client.pk).update(resting_until=before)

    def referrals(self, bulk: BulkHandoff, items: list[BulkItem]) -> None:
        """What the giver led goes on with the colleague; or, of a colleague who stays, is proposed
        to them."""
        locked = self._lock_referrals(items)
        people = Person.objects.in_bulk([item.receiver_id for item in items])
        if bulk.why != BulkWhy.LEAVING:
            for item in items:
                item.receiver = people[item.receiver_id or 0]
                self._propose(bulk, item, locked[item.referral_id or 0])
            return
        rules = reads.leaver_rules(locked.values())
        limits = reads.leaving_limits(bulk.branch_id, at=self.at)
        claims = self._running(bulk, locked)
        for item in items:
            referral = locked[item.referral_id or 0]
            claim = claims.get(referral.pk)
            if claim is not None and referral.state in WORKABLE:
                item.receiver = people[item.receiver_id or 0]
                rule = rules.get(referral.plan_version_id, Leaver.SELLER)
                self._take_over(bulk, item, referral, claim, rule, limits)

    def _running(self, bulk: BulkHandoff, locked: dict[int, Referral]) -> dict[int, Claim]:
        """The giver's claims by referral, but for those a colleague has accepted already."""
        accepted = Handoff.objects.filter(referral__in=locked, state=HandoffState.ACCEPTED)
        rows = Claim.objects.filter(
            referral__in=locked, holder=bulk.giver_id, ended_at=None, until__gt=self.at
        ).exclude(referral__in=accepted.values("referral"))
        found = {claim.referral_id: claim for claim in rows}
        for claim in found.values():
            claim.holder = bulk.giver
        return found

    def _take_over(
        self,
        bulk: BulkHandoff,
        item: BulkItem,
        referral: Referral,
        claim: Claim,
        rule: str,
        limits: tuple[int, int],
    ) -> None:
        if item.receiver is None:
            return
        made = leaving.take_over(
            referral,
            claim,
            to=item.receiver,
            leaver=rule,
            limits=limits,
            by=self.by,
            at=self.at,
            bulk=bulk,
        )
        item.before_set, item.after_set = made.before_set, made.after_set
        item.before_claim, item.after_claim = made.before_claim, made.after_claim
        item.moved = True
        item.save(update_fields=["before_set", "after_set", "before_claim", "after_claim", "moved"])

    def _propose(self, bulk: BulkHandoff, item: BulkItem, referral: Referral) -> None:
        """Whoever stays gives with their own consent: the boss proposes, they agree or not."""
        try:
            handoff = handoffs.propose(
                by=self.by,
                at=self.at,
                referral=referral,
                kind=HandoffKind.OTHER,
                receiver=item.receiver,
            )
        except (Refused, NotAllowed):
            return
        handoff.bulk = bulk
        handoff.save(update_fields=["bulk"])
        item.moved = True
        item.save(update_fields=["moved"])

    def led_back(self, bulk: BulkHandoff, items: list[BulkItem]) -> None:
        """Referrals go back as they were, unless something has happened to them."""
        locked = self._lock_referrals(items)
        for item in items:
            referral = locked[item.referral_id or 0]
            if bulk.why == BulkWhy.LEAVING:
                back = leaving.give_back(referral, item, bulk=bulk, by=self.by, at=self.at)
            else:
                back = self._unpropose(bulk, referral)
            if back:
                item.moved = False
                item.save(update_fields=["moved"])

    def _unpropose(self, bulk: BulkHandoff, referral: Referral) -> bool:
        found = Handoff.objects.filter(bulk=bulk, referral=referral).first()
        if found is None or found.state not in OPEN_HANDOFFS:
            return False
        steps.close(lock(found), referral, HandoffState.WITHDRAWN, by=self.by, at=self.at)
        return True

    def _lock_referrals(self, items: list[BulkItem]) -> dict[int, Referral]:
        ids = [item.referral_id or 0 for item in items]
        rows = Referral.objects.select_for_update(of=("self",), no_key=True).select_related(
            "originator"
        )
        rows = rows.filter(pk__in=ids)
        return {referral.pk: referral for referral in rows.order_by("pk")}
