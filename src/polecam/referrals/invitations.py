"""Reads of invitations: those a seller made; strangers come in only through `referrals.links`."""

from datetime import datetime

from django.db.models import QuerySet

from polecam.clients.models import Client
from polecam.people.models import Person
from polecam.referrals.models import Invitation, Referral


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
    """Whether the invitation may still be taken along or answered under its names."""
    return invitation.expired_at is None and at < invitation.expires_at


def referral_of(invitation: Invitation) -> Referral | None:
    """The one referral of a personal invitation; None for a reusable one."""
    if invitation.reusable:
        return None
    return Referral.objects.filter(invitation=invitation).select_related("party").first()
