"""A confirmed sale makes a client, who remembers who recommended them."""

from datetime import datetime, timedelta

from polecam.actions import clients
from polecam.asking.models import Moment, MomentKind, MomentSource
from polecam.clients.models import Client
from polecam.journal.record import record
from polecam.kit.periods import day_of
from polecam.organisation import settings
from polecam.parties import groups
from polecam.parties.models import Party
from polecam.people.models import Person
from polecam.referrals.models import Referral
from polecam.sales.models import Sale
from polecam.sales.rules import DELIVERED_DAYS

DELIVERED = MomentKind.DELIVERED


def make_client(sale: Sale, referral: Referral, *, by: Person, at: datetime) -> Client | None:
    """Inner step: the friend as a client of the seller, with an own good moment after delivery.

    Somebody who was a client before stays as they are. None when the person was erased meanwhile.
    """
    if referral.party is None:
        return None
    known = _known(referral.party, sale.branch_id)
    if known:
        _plan_moment(known, sale, at=at)
        return known
    client = Client.objects.create(
        party=referral.party,
        branch_id=sale.branch_id,
        owner_id=sale.seller_id,
        since=sale.sold_on,
        introduced_by=referral.client,
        created_at=at,
        updated_at=at,
    )
    introducer = referral.client.public_id if referral.client else None
    record(
        "client.added",
        client,
        by=by,
        at=at,
        branch=sale.branch_id,
        data={"referral": referral.public_id, "introduced_by": introducer, "via": "referral"},
    )
    _plan_moment(client, sale, at=at)
    return client


def _known(party: Party, branch_id: int) -> Client | None:
    """The same person among the branch's clients: this very party, a record joined to it, or the
    same phone or e-mail. A client of another branch stays theirs: here they begin anew."""
    own = Client.objects.filter(party=party).first()
    if own:
        return own
    joined = Client.objects.filter(branch_id=branch_id, party__in=groups.of(party))
    if found := joined.order_by("pk").first():
        return found
    for index in ("phone_index", "email_index"):
        key = getattr(party, index)
        rows = Client.objects.filter(branch_id=branch_id, **{f"party__{index}": key})
        same = rows.filter(party__name_key=party.name_key).first() if key else None
        if same:
            return same
    return None


def _plan_moment(client: Client, sale: Sale, *, at: datetime) -> None:
    today = day_of(at, settings.zone())
    on = max(today, sale.sold_on + timedelta(days=DELIVERED_DAYS))
    house = MomentSource.HOUSE
    clients.note_moment(by=None, at=at, client=client, kind=DELIVERED, on=on, source=house)


def call_off_moment(sale: Sale, *, at: datetime) -> None:
    """Inner step of a voided sale: what was not delivered is no good moment."""
    moments = Moment.objects.filter(
        client=sale.client_id, kind=DELIVERED, on__gte=sale.sold_on, closed_at=None
    )
    for moment in moments.select_related("client"):
        clients.close_moment(by=None, at=at, moment=moment)
