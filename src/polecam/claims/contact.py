"""The door to a friend's number or address for a person (invariant 15)."""

from datetime import datetime

from polecam.claims import queries
from polecam.kit.errors import NotAllowed
from polecam.people.models import Person
from polecam.privacy import contact
from polecam.referrals.models import Referral


def reveal(person: Person, referral: Referral, channel: str, at: datetime) -> str:
    """The friend's number (E.164) or address for `channel` (phone, sms, email).

    Only for whoever holds the active claim at `at`, and only with an active consent to that very
    channel. Everyone else, the boss included: NotAllowed("contact_locked").
    """
    claim = queries.active(referral, at=at)
    if claim is None or claim.holder_id != person.pk or not person.is_active:
        raise NotAllowed("contact_locked")
    return contact.opened(referral.public_id, channel, at=at)
