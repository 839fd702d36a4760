"""What a public page may show of an invitation: whose names.

Never whether it was answered: the client who passed the link on holds it, too.
"""

from dataclasses import dataclass
from datetime import datetime

from polecam.organisation import secrecy
from polecam.people.models import Person
from polecam.referrals.models import Invitation, Meeting, Referral


@dataclass(frozen=True, slots=True)
class Shown:
    """`client_name` is empty where it would reveal a client; `seller` None where no name shows."""

    client_name: str
    client_first: str
    seller: Person | None
    expired: bool


def shown(invitation: Invitation, at: datetime) -> Shown:
    """What the page of an invitation shows at `at`.

    A link the client passes on names the client; a QR held up by the seller does not, unless the
    firm's clients allowed it; in bank-secrecy mode no page does (`organisation.secrecy`). An
    expired link shows no names at all, and its form still works.
    """
    expired = is_expired(invitation, at)
    named = not expired and secrecy.names_client(
        shown_by_seller=invitation.shown_by_seller, at=at, branch=invitation.branch_id
    )
    party = invitation.client.party
    return Shown(
        client_name=party.full_name if named else "",
        client_first=party.first_name if named else "",
        seller=None if expired else invitation.seller,
        expired=expired,
    )


def is_expired(invitation: Invitation, at: datetime) -> bool:
    """Whether the time of the link is over. By its date alone: a "no" is told to nobody."""
    return invitation.expires_at <= at


def meeting_to_confirm(referral: Referral, at: datetime) -> Meeting | None:
    """The latest meeting that should have taken place by `at`, still without a second word."""
    rows = Meeting.objects.filter(referral=referral, at__lte=at, missed_at=None, confirmed_at=None)
    return rows.order_by("-at").first()
