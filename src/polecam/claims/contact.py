"""The door to a friend's number or address for a person (invariant 15)."""

from datetime import datetime

from django.db.models import Q

from polecam.claims import queries
from polecam.kit.errors import NotAllowed
from polecam.people.models import Person
from polecam.privacy import contact
from polecam.privacy import queries as privacy
from polecam.referrals.models import Referral


def covers(person: Person, referral: Referral, *, at: datetime, channel: str = "") -> bool:
    """Whether the friend agreed to be contacted by this very person (through `channel`, or at all).

    A consent names its receiver, or the whole branch. The friend's yes to a hand-off is a consent
    that names the receiver; once it is withdrawn or another took its place, it covers nobody.
    """
    agreed = privacy.active(referral.public_id, at=at)
    if channel:
        agreed = agreed.filter(channel=channel)
    return agreed.filter(Q(receiver=person) | Q(names_branch=True)).exists()


def reveal(person: Person, referral: Referral, channel: str, at: datetime) -> str:
    """The friend's number (E.164) or address for `channel` (phone, sms, email).

    Only for whoever holds the active claim at `at`, and only with an active consent to that very
    channel that covers them. Everyone else, the boss included: NotAllowed("contact_locked").
    """
    claim = queries.active(referral, at=at)
    if claim is None or claim.holder_id != person.pk or not person.is_active:
        raise NotAllowed("contact_locked")
    if not covers(person, referral, at=at, channel=channel):
        raise NotAllowed("contact_locked")
    return contact.opened(referral.public_id, channel, at=at)
