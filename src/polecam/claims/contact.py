"""The door to a friend's number or address for a person (invariant 15)."""

from datetime import datetime

from django.db.models import Q

from polecam.claims import queries
from polecam.claims.models import Handoff
from polecam.kit.errors import NotAllowed
from polecam.people.models import Person
from polecam.privacy import contact
from polecam.privacy import queries as privacy
from polecam.referrals.models import Referral


def covers(person: Person, referral: Referral, *, at: datetime, channel: str = "") -> bool:
    """Whether the friend agreed to be contacted by this very person (through `channel`, or at all).

    A consent names its receiver, or the whole branch; for anybody else the friend's own word to a
    hand-off is needed first.
    """
    agreed = privacy.active(referral.public_id, at=at)
    if channel:
        agreed = agreed.filter(channel=channel)
    if agreed.filter(Q(receiver=person) | Q(names_branch=True)).exists():
        return True
    said = Handoff.objects.filter(referral=referral, receiver=person, friend_at__lte=at)
    return said.exists() and agreed.exists()


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
