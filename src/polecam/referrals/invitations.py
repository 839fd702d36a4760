"""Reads of invitations: those a seller made; strangers come in only through `referrals.links`."""

from datetime import datetime

from django.db.models import QuerySet

from polecam.clients.models import Client
from polecam.people.models import Person
from polecam.referrals.models import Invitation


def visible_to(person: Person) -> QuerySet[Invitation]:
    """Invitations the person made: whether a client passes one on answers an ask."""
    return Invitation.objects.filter(seller=person)


def find(person: Person, public_id: str) -> Invitation:
    """One own invitation. Raises Invitation.DoesNotExist for anyone else's."""
    return (
        visible_to(person)
        .select_related("client__party", "ask", "seller", "branch")
        .get(public_id=public_id)
    )


def open_for(
    person: Person, client: Client, *, shown_by_seller: bool, walk_in: bool, at: datetime
) -> Invitation | None:
    """The reusable invitation that still stands, so that showing a QR twice makes one."""
    return (
        visible_to(person)
        .filter(
            client=client,
            ask=None,
            reusable=True,
            shown_by_seller=shown_by_seller,
            walk_in=walk_in,
            expired_at=None,
            expires_at__gt=at,
        )
        .order_by("-id")
        .first()
    )


def is_open(invitation: Invitation, at: datetime) -> bool:
    """Whether its seller may still offer it: its time is not over, and nobody said "no"."""
    return invitation.expired_at is None and at < invitation.expires_at


def may_be_taken(invitation: Invitation, at: datetime) -> bool:
    """Whether its client may still take it along. By its date alone: a "no" is told to nobody."""
    return invitation.revoked_at is None and at < invitation.expires_at
