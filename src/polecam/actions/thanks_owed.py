"""Thanks become due, move with the client, and go with what they were for. Never by a sale."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, OuterRef, Q, Subquery

from polecam.asking.rules import is_owner_or_shared
from polecam.clients.models import Client
from polecam.journal.models import Event
from polecam.journal.record import record
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.people.models import Person
from polecam.privacy.queries import may_tell
from polecam.referrals.models import Meeting, Referral
from polecam.store.tx import action, lock
from polecam.thanks import rules
from polecam.thanks.models import Thanks


def owe(*, event: Event, at: datetime) -> Thanks | None:
    """What one event of a referral makes due, once per referral and occasion; None for nothing.

    The due day counts from the day of the event, not from the day on which it is read.
    """
    with action():
        rows = Referral.objects.select_related("client__party", "originator")
        referral = rows.filter(public_id=event.subject).first()
        client = _thanked(referral)
        if referral is None or client is None:
            return None
        client = lock(client)
        referral = lock(referral)  # whoever takes it back or erases it holds it
        occasion = rules.owed_for(
            event.kind,
            told=may_tell(referral.public_id),
            held=Meeting.objects.filter(referral=referral, held_at__isnull=False).exists(),
        )
        known = Thanks.objects.filter(referral=referral, occasion=occasion)
        if not occasion or referral.erased_at is not None or known.exists():
            return None
        days = settings.value("thanks_days", at=at, branch=client.branch_id)
        row = Thanks.objects.create(
            client=client,
            referral=referral,
            seller=_who_thanks(referral, client),
            branch_id=client.branch_id,
            occasion=occasion,
            due_on=rules.due_on(day_of(event.at, settings.zone()), days),
        )
        data = {"occasion": occasion, "due_on": row.due_on, "referral": referral.public_id}
        record("thanks.owed", row, by=None, at=at, branch=row.branch_id, data=data)
    return row


def _thanked(referral: Referral | None) -> Client | None:
    """Whom to thank; None for what was taken back or erased, and for the past."""
    if referral is None or referral.erased_at is not None or referral.kind in rules.UNSAID:
        return None
    client = referral.client
    return None if client is None or client.party.erased_at is not None else client


def _who_thanks(referral: Referral, client: Client) -> Person:
    """Whoever was told of the friend, while the client is still theirs; else the owner."""
    brought = referral.originator
    still = is_owner_or_shared(client.owner_id, client.shared, brought.pk)
    return brought if client.owner is None or (brought.is_active and still) else client.owner


def let_go(referral: Referral, *, at: datetime, occasion: str = "") -> int:
    """Inner step: owed thanks of a referral (of one occasion) are owed no more; how many.

    What was given stays in the client's story.
    """
    rows = Thanks.objects.filter(referral=referral, done_at=None, skipped_at=None)
    found = list(rows.filter(occasion=occasion) if occasion else rows)
    for row in found:
        data = {"occasion": row.occasion}
        record("thanks.let_go", row, by=None, at=at, branch=row.branch_id, data=data)
        row.delete()
    return len(found)


def untell(*, event: Event, at: datetime) -> int:
    """The friend took back that the client is told: thanks for the talk are owed no more."""
    with action():
        referral = Referral.objects.filter(public_id=event.subject).first()
        if referral is None or may_tell(referral.public_id):
            return 0
        return let_go(referral, at=at, occasion=rules.TALKED)


def hand_on(*, event: Event, at: datetime) -> int:
    """A client got another owner: what a former one owed is the new one's to say."""
    with action():
        client = Client.objects.filter(public_id=event.subject).first()
        return go_with([lock(client).pk]) if client else 0


def go_with(clients: Collection[int]) -> int:
    """Inner step, under the locks of these clients (by id): what is owed to them is said by their
    owner as it is now; how many moved. To a shared client whoever was told says it, unless they
    left."""
    owed = Thanks.objects.filter(
        Q(client__shared=False) | Q(seller__is_active=False),
        client__in=clients,
        client__owner__isnull=False,
        done_at=None,
        skipped_at=None,
    ).exclude(seller=F("client__owner"))
    now = Client.objects.filter(pk=OuterRef("client"))
    return owed.update(
        seller=Subquery(now.values("owner")[:1]), branch=Subquery(now.values("branch")[:1])
    )
